import type { ComponentChildren } from 'preact';
import { type FormState, typedText } from './forms.ts';
import { useView } from './view.ts';

interface FieldProps {
  form: FormState;
  name: string;
  label: string;
  hint?: string | undefined;
  required?: boolean;
}

/** The id of the control with this name. */
export function idOf(name: string): string {
  return `f-${name.replaceAll('.', '-')}`;
}

/** A label with its control, a hint, and what is wrong with it. */
function Labelled({
  form,
  name,
  label,
  hint,
  required = false,
  children,
}: FieldProps & { children: ComponentChildren }) {
  const { t } = useView();
  const error = form.errors[name];
  const id = idOf(name);
  return (
    <div class={error ? 'field wrong' : 'field'}>
      <label for={id}>
        {label} {!required && <span class="optional">{t('form.optional')}</span>}
      </label>
      {hint && (
        <p class="hint" id={`${id}-hint`}>
          {hint}
        </p>
      )}
      {children}
      {error && (
        <p class="error" id={`${id}-error`}>
          {error}
        </p>
      )}
    </div>
  );
}

/** What ties a control to its label, hint and error. */
function controlProps({ form, name, hint, required = false }: FieldProps) {
  const id = idOf(name);
  const error = form.errors[name];
  const described = [hint && `${id}-hint`, error && `${id}-error`].filter(Boolean).join(' ');
  return {
    id,
    name,
    required,
    'aria-invalid': error ? ('true' as const) : undefined,
    'aria-describedby': described || undefined,
  };
}

type InputProps = FieldProps & {
  type?: 'text' | 'email' | 'tel' | 'date' | 'number' | 'search';
  autocomplete?: string | undefined;
  inputMode?: 'text' | 'decimal' | 'numeric' | undefined;
  maxLength?: number | undefined;
  min?: string | undefined;
};

/** A field of one line. */
export function TextField({ type = 'text', autocomplete, inputMode, maxLength, min, ...field }: InputProps) {
  // Preact types each kind of input apart; a kind that varies fits none of them.
  const more = { type: type as 'text', autocomplete, inputMode, maxLength, min };
  return (
    <Labelled {...field}>
      <input value={typedText(field.form.typed, field.name)} {...more} {...controlProps(field)} />
    </Labelled>
  );
}

/** A field of several lines. */
export function TextArea({
  rows = 5,
  maxLength,
  ...field
}: FieldProps & { rows?: number; maxLength?: number | undefined }) {
  return (
    <Labelled {...field}>
      <textarea rows={rows} maxLength={maxLength} {...controlProps(field)}>
        {typedText(field.form.typed, field.name)}
      </textarea>
    </Labelled>
  );
}

export interface Option {
  value: string;
  label: string;
}

/** A choice of one among several; `empty` names the choice of none. */
export function SelectField({
  options,
  empty,
  ...field
}: FieldProps & { options: Option[]; empty?: string | undefined }) {
  const chosen = typedText(field.form.typed, field.name);
  return (
    <Labelled {...field}>
      <select {...controlProps(field)}>
        {empty !== undefined && <option value="">{empty}</option>}
        {options.map(({ value, label }) => (
          <option value={value} selected={value === chosen}>
            {label}
          </option>
        ))}
      </select>
    </Labelled>
  );
}

interface ChecksProps {
  legend: string;
  name: string;
  options: Option[];
  chosen: string[];
  error?: string | undefined;
  hint?: string | undefined;
  /** One of them, or any number. */
  type?: 'checkbox' | 'radio';
}

/** Choices to tick, shown as pills. */
export function Pills({ legend, name, options, chosen, error, hint, type = 'checkbox' }: ChecksProps) {
  const id = idOf(name);
  const described = [hint && `${id}-hint`, error && `${id}-error`].filter(Boolean).join(' ');
  return (
    <fieldset class={error ? 'field wrong' : 'field'} id={id} aria-describedby={described || undefined}>
      <legend>{legend}</legend>
      {hint && (
        <p class="hint" id={`${id}-hint`}>
          {hint}
        </p>
      )}
      <div class="pills">
        {options.map(({ value, label }) => (
          <label class="pill">
            <input type={type} name={name} value={value} checked={chosen.includes(value)} />
            <span>{label}</span>
          </label>
        ))}
      </div>
      {error && (
        <p class="error" id={`${id}-error`}>
          {error}
        </p>
      )}
    </fieldset>
  );
}

/** One box to tick. */
export function CheckField({ form, name, label, hint, required = false }: FieldProps) {
  const error = form.errors[name];
  return (
    <div class={error ? 'field wrong' : 'field'}>
      <label class="check">
        <input
          type="checkbox"
          value="yes"
          checked={typedText(form.typed, name) !== ''}
          {...controlProps({ form, name, label, hint, required })}
        />
        <span>{label}</span>
      </label>
      {hint && (
        <p class="hint" id={`${idOf(name)}-hint`}>
          {hint}
        </p>
      )}
      {error && (
        <p class="error" id={`${idOf(name)}-error`}>
          {error}
        </p>
      )}
    </div>
  );
}
