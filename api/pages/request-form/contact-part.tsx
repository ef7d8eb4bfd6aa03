import { TextField } from '../form-parts.tsx';
import type { FormState } from '../forms.ts';
import { useView } from '../view.ts';

/** How partners reach the client. `last`: the number of this part of the form. */
export function ContactPart({ form, last }: { form: FormState; last: number }) {
  const { t } = useView();
  return (
    <section class="panel" aria-labelledby="part-contact">
      <h2 id="part-contact" class="part-title">
        {t('request-form.part-contact', { no: last })}
      </h2>
      <div class="fields">
        <TextField
          form={form}
          name="client.name"
          label={t('request-form.name')}
          autocomplete="name"
          maxLength={200}
          required
        />
        <TextField
          form={form}
          name="client.email"
          type="email"
          label={t('field.email')}
          autocomplete="email"
          maxLength={254}
          required
        />
        <TextField
          form={form}
          name="client.company"
          label={t('field.company')}
          autocomplete="organization"
          maxLength={200}
        />
        <TextField
          form={form}
          name="client.phone"
          type="tel"
          label={t('field.phone')}
          autocomplete="tel"
          maxLength={50}
        />
      </div>
    </section>
  );
}
