import type { SessionView } from '../../../../db/own-sessions.ts';
import { Browsers } from '../../account/browsers.tsx';
import { Layout } from '../../layout.tsx';
import { Notice } from '../../notices.tsx';
import { useView } from '../../view.ts';

/** Where an administrator is signed in. */
export const ACCOUNT_PATH = '/admin/account';

interface AccountProps {
  sessions: SessionView[];
  /** One of them has just been ended. */
  done?: boolean;
  /** The one to end is none of them. */
  gone?: boolean;
}

/** An administrator's own sessions, and the way out of them. */
export function AccountPage({ sessions, done = false, gone = false }: AccountProps) {
  const { t } = useView();
  return (
    <Layout title={t('settings.account')} area="admin">
      <div class="page-head">
        <h1>{t('settings.account')}</h1>
      </div>
      {done && <Notice kind="good">{t('settings.browser-out')}</Notice>}
      {gone && <Notice kind="info">{t('settings.browser-gone')}</Notice>}
      <Browsers sessions={sessions} path={ACCOUNT_PATH} />
    </Layout>
  );
}
