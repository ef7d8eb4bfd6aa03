import { Notice } from './notices.tsx';
import { useView } from './view.ts';

interface StaleProps {
  /** Who changed what, and what becomes of what was typed. */
  words: string;
  /** Where it is shown as it stands now; beside the form, so that nothing typed is lost. */
  href: string;
}

/** Somebody else saved what a form was made from: it is shown with what was typed, which is not saved yet. */
export function StaleNotice({ words, href }: StaleProps) {
  const { t } = useView();
  return (
    <Notice kind="bad">
      <p>{words}</p>
      <p>
        <a class="alone" href={href} target="_blank" rel="noopener">
          {t('stale.look')}
        </a>
      </p>
    </Notice>
  );
}
