import type { Typed } from './forms.ts';
import { useView } from './view.ts';

// Shorter texts are choices and ids, or quickly typed again.
const WORTH_KEEPING = 40;

/** What was typed into a form that cannot be shown again, to copy. */
export function KeptTexts({ typed }: { typed: Typed }) {
  const { t } = useView();
  const texts = Object.values(typed)
    .flat()
    .filter((text) => text !== undefined && text.length >= WORTH_KEEPING);
  return (
    <>
      {texts.map((text, index) => (
        <div class="field">
          <label for={`kept-${index}`}>{t('sign-in.kept')}</label>
          <textarea id={`kept-${index}`} rows={8} readOnly>
            {text}
          </textarea>
        </div>
      ))}
    </>
  );
}
