import { useView } from './view.ts';

/** Whether the client's address is known to be its own, beside it. */
export function Confirmed({ client }: { client: { emailVerified: boolean } }) {
  const { t } = useView();
  return client.emailVerified ? (
    <span class="badge good">{t('client.confirmed')}</span>
  ) : (
    <span class="badge">{t('client.unconfirmed')}</span>
  );
}
