import { SERVICES } from '../../../domain/catalog.ts';
import { currencyName, serviceName } from '../../../locales/names.ts';
import { Pills, SelectField, TextArea, TextField } from '../form-parts.tsx';
import { type FormState, typedList, typedText } from '../forms.ts';
import { useView } from '../view.ts';

/** The currencies of the catalog's countries and of many of their clients', the most usual first. */
const CURRENCIES =
  'BRL USD EUR GBP AED AOA ARS AUD BOB CAD CHF CLP COP INR JPY MXN MZN NGN PEN PLN PYG TRY UAH UYU ZAR'.split(
    ' ',
  );

/** What is needed. `matched`: the services decide who gets it. */
export function ProjectPart({ form, matched }: { form: FormState; matched: boolean }) {
  const { t } = useView();
  return (
    <section class="panel" aria-labelledby="part-project">
      <h2 id="part-project" class="part-title">
        {t('request-form.part-project', { no: 1 })}
      </h2>
      <p class="hint required-hint">{t('request-form.required')}</p>
      <TextField
        form={form}
        name="project.title"
        label={t('request-form.project-title')}
        hint={t('request-form.project-title-hint')}
        maxLength={200}
        required
      />
      <TextArea
        form={form}
        name="project.description"
        label={t('request-form.description')}
        hint={t('request-form.description-hint')}
        rows={6}
        maxLength={10_000}
        required
      />
      {matched && <ServicesField form={form} />}
      <BudgetFields form={form} />
      <DeadlineField form={form} />
    </section>
  );
}

function ServicesField({ form }: { form: FormState }) {
  const { t, locale } = useView();
  return (
    <Pills
      legend={t('request-form.services')}
      hint={t('request-form.services-hint')}
      name="criteria.services"
      options={SERVICES.map((value) => ({ value, label: serviceName(locale, value) }))}
      chosen={typedList(form.typed, 'criteria.services')}
      error={form.errors['criteria.services']}
    />
  );
}

function BudgetFields({ form }: { form: FormState }) {
  const { t, locale } = useView();
  return (
    <fieldset class="field" aria-describedby="budget-hint">
      <legend>{t('field.budget')}</legend>
      <p class="hint" id="budget-hint">
        {t('request-form.budget-hint')}
      </p>
      <div class="budget-fields">
        <TextField
          form={form}
          name="project.budget.amount"
          label={t('request-form.amount')}
          inputMode="decimal"
          autocomplete="off"
          maxLength={30}
        />
        <SelectField
          form={form}
          name="project.budget.currency"
          label={t('request-form.currency')}
          options={CURRENCIES.map((value) => ({ value, label: `${value} · ${currencyName(locale, value)}` }))}
          required
        />
      </div>
    </fieldset>
  );
}

function DeadlineField({ form }: { form: FormState }) {
  const { t } = useView();
  const today = earliestToday();
  const typed = typedText(form.typed, 'project.deadline');
  const past = typed !== '' && typed < today;
  return (
    <div class="short-field">
      <TextField
        form={form}
        name="project.deadline"
        type="date"
        label={t('field.deadline')}
        hint={past ? t('request-form.deadline-past') : t('request-form.deadline-hint')}
        min={today}
      />
    </div>
  );
}

const HALF_A_DAY_MS = 12 * 3_600_000;

/** The day that it is where days begin last: nobody's today is refused. */
function earliestToday(): string {
  return new Date(Date.now() - HALF_A_DAY_MS).toISOString().slice(0, 10);
}
