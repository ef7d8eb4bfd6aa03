import { SCOPES } from '../../../../db/api-keys.ts';
import { TERMS } from '../../../schemas-keys.ts';
import { FormKey } from '../../form-key.tsx';
import { SelectField, TextField } from '../../form-parts.tsx';
import type { FormState } from '../../forms.ts';
import { useView } from '../../view.ts';

/** A key that was made just now, with the one chance to copy it. */
export function NewKey({ value, replaces }: { value: string; replaces: boolean }) {
  const { t } = useView();
  return (
    <section class="notice good new-key" role="status" aria-labelledby="new-key-title">
      <h2 id="new-key-title">{t('settings.new-key')}</h2>
      <p>{t('settings.new-key-once')}</p>
      {replaces && <p>{t('settings.new-key-replaces')}</p>}
      <p class="actions">
        <code id="new-key">{value}</code>
        <span aria-live="polite">
          <button type="button" class="button" data-copy="#new-key" data-done={t('settings.copied')} hidden>
            {t('settings.copy')}
          </button>
        </span>
      </p>
    </section>
  );
}

/** What is asked of a new key; nothing of it is needed. */
export function NewKeyForm({ form }: { form: FormState }) {
  const { t } = useView();
  const asked = Object.keys(form.typed).length > 0;
  return (
    <details class="making" open={asked}>
      <summary class="button quiet">{t('settings.create-key')}</summary>
      <form method="post" action="/workspace/settings/keys" noValidate>
        <FormKey form={form} />
        <TextField
          form={form}
          name="name"
          label={t('settings.key-name')}
          hint={t('settings.key-name-hint')}
          maxLength={80}
        />
        <SelectField
          form={form}
          name="scope"
          label={t('settings.key-scope')}
          options={SCOPES.toReversed().map((value) => ({
            value,
            label: t(value === 'read' ? 'settings.key-reads' : 'settings.key-writes'),
          }))}
          required
        />
        <SelectField
          form={form}
          name="days"
          label={t('settings.key-days')}
          options={TERMS.map((value) => ({
            value,
            label:
              value === 'never' ? t('settings.key-for-ever') : t('settings.key-for', { days: Number(value) }),
          }))}
          required
        />
        <button type="submit" class="button">
          {t('settings.create-key-now')}
        </button>
      </form>
    </details>
  );
}
