import { nextStatus } from '../../../domain/request-life.ts';
import { useView } from '../view.ts';
import type { Tracked } from './read.ts';

/**
 * Asks the client to confirm its address: with a press where the page was opened by the link from the mail, else by
 * opening that one, which also shows a mistyped address. Nothing when it is confirmed, or nothing depends on it.
 */
export function ConfirmAddress({
  tracked,
  page,
  byMail,
}: {
  tracked: Tracked;
  page: string;
  byMail: boolean;
}) {
  const { t } = useView();
  const { status, client } = tracked.request;
  if (client.emailVerified || status === 'received' || !nextStatus(status, 'cancelled')) return null;
  if (!byMail)
    return <p class="muted confirm-address">{t('tracking.confirm-mail', { email: client.email })}</p>;
  return (
    <form method="post" action={`${page}/confirm`} class="panel confirm-address">
      <p>{t('tracking.confirm-ask', { email: client.email })}</p>
      <button type="submit" class="button quiet">
        {t('tracking.confirm-yes')}
      </button>
    </form>
  );
}
