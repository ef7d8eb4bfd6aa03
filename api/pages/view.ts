import { createContext } from 'preact';
import { useContext } from 'preact/hooks';
import type { SignedIn } from '../../db/sessions.ts';
import type { Locale } from '../../domain/catalog.ts';
import type { Translate } from '../../locales/translator.ts';

/** What every part of a page may ask for: whose page it is, in which language, and where it is. */
export interface View {
  locale: Locale;
  t: Translate;
  /** Path and query of the page as a link would name it, without `lang`. */
  path: string;
  viewer: SignedIn | undefined;
  /** Mails are kept and shown here, not sent. */
  capturesMail: boolean;
}

const ViewContext = createContext<View | undefined>(undefined);
export const ViewProvider = ViewContext.Provider;

/** The view of the page that is being rendered. */
export function useView(): View {
  const view = useContext(ViewContext);
  if (!view) throw new Error('rendered outside a page');
  return view;
}
