import type { Key } from '../../../../locales/translator.ts';
import type { FormState } from '../../forms.ts';
import { Layout } from '../../layout.tsx';
import { ErrorSummary, Notice } from '../../notices.tsx';
import { StaleNotice } from '../../stale-notice.tsx';
import { useView } from '../../view.ts';
import { Browsers } from './browsers.tsx';
import { SettingsForm } from './form.tsx';
import { Keys, NewKey } from './keys.tsx';
import type { Settings } from './load.ts';

/** What has just been done, by the codes of `?done=`. */
export const DONE = {
  saved: 'form.saved',
  revoked: 'settings.revoked',
} as const satisfies Record<string, Key>;

/** The settings, and what has just happened to them. */
export interface SettingsProps {
  settings: Settings;
  form: FormState;
  done?: keyof typeof DONE | undefined;
  /** A key that was made just now: it is shown this once. */
  newKey?: string;
  /** The key was made by an earlier press: nobody can show it again. */
  keyMade?: boolean;
  /** Why there is no new key. */
  refused?: string;
  /** Somebody else changed the settings since the form was made: what is chosen in it is not saved. */
  stale?: boolean;
}

/** How the partner wants to be asked, and who may act for it. */
export function SettingsPage(props: SettingsProps) {
  const { settings, form, done, newKey, keyMade = false, refused, stale = false } = props;
  const { t } = useView();
  return (
    <Layout title={t('settings.title')} area="workspace">
      <div class="page-head">
        <h1>{t('settings.title')}</h1>
      </div>
      {done && <Notice kind="good">{t(DONE[done])}</Notice>}
      {newKey && <NewKey value={newKey} />}
      {keyMade && <Notice kind="info">{t('settings.key-made')}</Notice>}
      {refused && <Notice kind="bad">{refused}</Notice>}
      {stale && <StaleNotice words={t('stale.settings')} href="/workspace/settings" />}
      <ErrorSummary form={form} />
      <SettingsForm form={form} profile={settings.profile} />
      <Keys keys={settings.keys} />
      <Browsers sessions={settings.sessions} />
    </Layout>
  );
}
