import type { Profile } from '../../../../db/profiles.ts';
import { LOCALES } from '../../../../domain/catalog.ts';
import { CheckField, SelectField, TextField } from '../../form-parts.tsx';
import { type FormState, typedText } from '../../forms.ts';
import { useView } from '../../view.ts';
import { Part } from '../part.tsx';
import { NOTIFICATIONS } from './fields.ts';
import { Switch } from './switch.tsx';

// Each language says its own name: whoever looks for it may not read the page's.
const NAMES = { en: 'English', 'pt-BR': 'Português (Brasil)' };

/** What is saved together: requests, mails, language. */
export function SettingsForm({ form, profile }: { form: FormState; profile: Profile }) {
  const { t } = useView();
  return (
    <form method="post" action="/workspace/settings" class="panel parts" noValidate>
      <input type="hidden" name="version" value={typedText(form.typed, 'version')} />
      <Part title={t('settings.part-requests')} hint={t('settings.part-requests-hint')}>
        <Switch
          form={form}
          name="accepting"
          label={t('settings.accepting')}
          hint={t('settings.accepting-hint')}
        />
        <TextField
          form={form}
          name="capacity"
          label={t('settings.capacity')}
          hint={t('settings.capacity-hint')}
          inputMode="numeric"
          maxLength={7}
        />
        <Load profile={profile} />
      </Part>
      <Part title={t('settings.part-mails')} hint={t('settings.part-mails-hint', { email: profile.email })}>
        <fieldset class="field notifications">
          <legend>{t('settings.notifications')}</legend>
          {NOTIFICATIONS.map((name) => (
            <CheckField
              form={form}
              name={`notifications.${name}`}
              label={t(`settings.notifications.${name}`)}
            />
          ))}
        </fieldset>
        <SelectField
          form={form}
          name="locale"
          label={t('settings.locale')}
          hint={t('settings.locale-hint')}
          options={LOCALES.map((value) => ({ value, label: NAMES[value] }))}
          required
        />
      </Part>
      <p class="actions part-actions">
        <button type="submit" class="button">
          {t('form.save')}
        </button>
      </p>
    </form>
  );
}

/** How many deals are live, against the limit that is saved. */
function Load({ profile: { liveLeads, capacity } }: { profile: Profile }) {
  const { t } = useView();
  const isFull = capacity !== null && liveLeads >= capacity;
  return (
    <p class={isFull ? 'load full' : 'load'}>
      {capacity === null
        ? t('settings.live', { live: liveLeads })
        : t('settings.live-of', { live: liveLeads, capacity })}
      {isFull && <strong> {t('settings.full')}</strong>}
    </p>
  );
}
