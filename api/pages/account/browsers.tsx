import type { SessionView } from '../../../db/own-sessions.ts';
import type { Device } from '../../../db/sessions.ts';
import type { Translate } from '../../../locales/translator.ts';
import { Time } from '../time.tsx';
import { useView } from '../view.ts';
import { Part } from '../workspace/part.tsx';

interface BrowsersProps {
  sessions: SessionView[];
  /** The page that they are on: the forms go below it. */
  path: string;
}

/** Where a person is signed in, the way out of each, and the way out of all. */
export function Browsers({ sessions, path }: BrowsersProps) {
  const { t } = useView();
  return (
    <div class="panel parts">
      <Part id="browsers" title={t('settings.browsers')} hint={t('settings.browsers-hint')}>
        <ul class="key-list">
          {sessions.map((session) => (
            <li>
              <SessionRow session={session} path={path} />
            </li>
          ))}
        </ul>
        <details class="sure">
          <summary class="button quiet">{t('settings.sign-out')}</summary>
          <form method="post" action={`${path}/sign-out`}>
            <p>{t('settings.sign-out-means')}</p>
            <button type="submit" class="button danger">
              {t('settings.sign-out-now')}
            </button>
          </form>
        </details>
      </Part>
    </div>
  );
}

function SessionRow({ session, path }: { session: SessionView; path: string }) {
  const { t, viewer } = useView();
  const { id, createdAt, lastUsedAt } = session;
  const name = deviceWords(t, session);
  return (
    <>
      <div>
        <strong>{name}</strong>{' '}
        {viewer?.sessionId === id && <span class="badge good">{t('settings.browser-this')}</span>}
        <p class="muted">
          {t('settings.browser-since')} <Time date={createdAt} />
          {' · '}
          {t('settings.browser-used')} <Time date={lastUsedAt} />
        </p>
      </div>
      <form method="post" action={`${path}/sessions/${id}/sign-out`}>
        <button type="submit" class="button quiet">
          {t('settings.sign-out-one')} <span class="unseen">{name}</span>
        </button>
      </form>
    </>
  );
}

function deviceWords(t: Translate, { browser, system }: Device): string {
  const name = browser ?? t('settings.browser-other');
  return system === null ? name : t('settings.browser-on', { browser: name, system });
}
