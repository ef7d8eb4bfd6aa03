import type { Key } from '../../../../locales/translator.ts';
import type { FormState } from '../../forms.ts';
import { Layout } from '../../layout.tsx';
import { ErrorSummary, Notice } from '../../notices.tsx';
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

interface SettingsProps {
  settings: Settings;
  form: FormState;
  done?: keyof typeof DONE | undefined;
  /** A key that was made just now: it is shown this once. */
  newKey?: string;
}

/** How the partner wants to be asked, and who may act for it. */
export function SettingsPage({ settings, form, done, newKey }: SettingsProps) {
  const { t } = useView();
  return (
    <Layout title={t('settings.title')} area="workspace">
      <div class="page-head">
        <h1>{t('settings.title')}</h1>
      </div>
      {done && <Notice kind="good">{t(DONE[done])}</Notice>}
      {newKey && <NewKey value={newKey} />}
      <ErrorSummary form={form} />
      <SettingsForm form={form} profile={settings.profile} />
      <Keys keys={settings.keys} />
      <Browsers sessions={settings.sessions} />
    </Layout>
  );
}
