import type { Key } from '../../../../locales/translator.ts';
import { Browsers } from '../../account/browsers.tsx';
import { EMPTY_FORM, type FormState } from '../../forms.ts';
import { Layout } from '../../layout.tsx';
import { ErrorSummary, Notice } from '../../notices.tsx';
import { StaleNotice } from '../../stale-notice.tsx';
import { useView } from '../../view.ts';
import { SettingsForm } from './form.tsx';
import { Keys } from './keys.tsx';
import type { Settings } from './load.ts';
import { NewKey } from './new-key.tsx';

/** Where a partner's settings are. */
export const SETTINGS_PATH = '/workspace/settings';

/** What has just been done, by the codes of `?done=`. */
export const DONE = {
  saved: 'form.saved',
  revoked: 'settings.revoked',
  'signed-out': 'settings.browser-out',
} as const satisfies Record<string, Key>;

/** The settings, and what has just happened to them. */
export interface SettingsProps {
  settings: Settings;
  form: FormState;
  done?: keyof typeof DONE | undefined;
  /** A key that was made just now: it is shown this once. */
  newKey?: string;
  /** It takes the place of another one. */
  replaces?: boolean;
  /** What was typed of a key that was not made. */
  keyForm?: FormState;
  /** The key was made by an earlier press: nobody can show it again. */
  keyMade?: boolean;
  /** Why there is no new key. */
  refused?: string;
  /** Somebody else changed the settings since the form was made: what is chosen in it is not saved. */
  stale?: boolean;
  /** The browser to sign out is not signed in. */
  gone?: boolean;
}

/** How the partner wants to be asked, and who may act for it. */
export function SettingsPage(props: SettingsProps) {
  const { settings, form, done, newKey, replaces = false, keyForm = EMPTY_FORM } = props;
  const { keyMade = false, refused, stale = false, gone = false } = props;
  const { t } = useView();
  return (
    <Layout title={t('settings.title')} area="workspace">
      <div class="page-head">
        <h1>{t('settings.title')}</h1>
      </div>
      {done && <Notice kind="good">{t(DONE[done])}</Notice>}
      {newKey && <NewKey value={newKey} replaces={replaces} />}
      {keyMade && <Notice kind="info">{t('settings.key-made')}</Notice>}
      {gone && <Notice kind="info">{t('settings.browser-gone')}</Notice>}
      {refused && <Notice kind="bad">{refused}</Notice>}
      {stale && <StaleNotice words={t('stale.settings')} href={SETTINGS_PATH} />}
      <ErrorSummary form={form} />
      <ErrorSummary form={keyForm} />
      <SettingsForm form={form} profile={settings.profile} />
      <Keys keys={settings.keys} form={keyForm} />
      <Browsers sessions={settings.sessions} path={SETTINGS_PATH} />
    </Layout>
  );
}
