import { SelectField, TextField } from '../../form-parts.tsx';
import type { FormState } from '../../forms.ts';
import { useView } from '../../view.ts';

// The usual wish is one more step on the way.
const KINDS = ['in_progress', 'new', 'won', 'lost'] as const;

/** One more stage, at the end; open by itself where something is wrong with it. */
export function NewStage({ form }: { form: FormState }) {
  const { t } = useView();
  const isWrong = Object.keys(form.errors).some((name) => name.startsWith('new.'));
  return (
    <details class="adding" open={isWrong}>
      <summary>{t('pipelines.add-stage')}</summary>
      <div class="fields">
        <TextField form={form} name="new.name" label={t('pipelines.stage-name')} maxLength={200} required />
        <SelectField
          form={form}
          name="new.kind"
          label={t('pipelines.kind')}
          hint={t('pipelines.kind-hint')}
          options={KINDS.map((kind) => ({ value: kind, label: t(`stage.${kind}`) }))}
          required
        />
      </div>
      <button type="submit" name="add" value="yes" class="button quiet">
        {t('pipelines.add-stage-yes')}
      </button>
    </details>
  );
}
