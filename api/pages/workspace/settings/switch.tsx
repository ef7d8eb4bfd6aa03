import { idOf } from '../../form-parts.tsx';
import { type FormState, typedText } from '../../forms.ts';

interface SwitchProps {
  form: FormState;
  name: string;
  label: string;
  hint: string;
}

/** A box to tick that looks like what it is: a switch. */
export function Switch({ form, name, label, hint }: SwitchProps) {
  const id = idOf(name);
  return (
    <div class="field">
      <label class="switch">
        <span>{label}</span>
        <input
          type="checkbox"
          // biome-ignore lint/a11y/useAriaPropsForRole: a checkbox says by itself whether it is on
          role="switch"
          id={id}
          name={name}
          value="yes"
          checked={typedText(form.typed, name) !== ''}
          aria-describedby={`${id}-hint`}
        />
      </label>
      <p class="hint" id={`${id}-hint`}>
        {hint}
      </p>
    </div>
  );
}
