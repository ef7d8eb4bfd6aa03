import type { ComponentChildren } from 'preact';
import { idOf } from './form-parts.tsx';
import type { FormState } from './forms.ts';
import { useView } from './view.ts';

/** What is wrong with a form, each with a way to the field; read out first. Nothing when all is well. */
export function ErrorSummary({ form }: { form: FormState }) {
  const { t } = useView();
  const errors = Object.entries(form.errors);
  if (errors.length === 0) return null;
  return (
    <div class="notice bad summary-of-errors" role="alert" tabIndex={-1}>
      <p>
        <strong>{t('form.summary', { count: errors.length })}</strong>
      </p>
      <ul>
        {errors.map(([name, words]) => (
          <li>
            <a href={`#${idOf(name)}`}>{words}</a>
          </li>
        ))}
      </ul>
    </div>
  );
}

/** What has just been done, or could not be. */
export function Notice({ kind, children }: { kind: 'good' | 'bad' | 'info'; children: ComponentChildren }) {
  return (
    <div class={`notice ${kind}`} role={kind === 'bad' ? 'alert' : 'status'}>
      {children}
    </div>
  );
}
