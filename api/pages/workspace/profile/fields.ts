import type { Profile } from '../../../../db/profiles.ts';
import type { Locale } from '../../../../domain/catalog.ts';
import { isLanguage } from '../../../../domain/countries.ts';
import type { Translate } from '../../../../locales/translator.ts';
import { profileChange } from '../../../schemas-partner.ts';
import { readForm, type Typed, typedList, typedText } from '../../forms.ts';
import { languagesIn } from './languages.ts';

// A change may leave fields out; the form has them all.
const fullProfile = profileChange
  .pick({ title: true, name: true, about: true, services: true, country: true, languages: true })
  .required();

/** The profile as the form's fields. */
export function typedOf({ title, name, about, services, country, languages }: Profile): Typed {
  const primary = languages.find((each) => each.primary)?.code;
  return { title, name, about, services, country, primary, languages: languages.map(({ code }) => code) };
}

/** What the form asks to change, or what is wrong with it. The primary language may be ticked among all, or not. */
export function readProfileForm(typed: Typed, locale: Locale, t: Translate) {
  const written = languagesIn(locale, typedText(typed, 'more'));
  const primary = typedText(typed, 'primary');
  const others = new Set([...typedList(typed, 'languages'), ...written]);
  others.delete(primary);
  const text = (name: string) => typedText(typed, name).trim() || undefined;
  const input = {
    title: text('title'),
    name: text('name'),
    about: text('about') ?? '',
    services: typedList(typed, 'services'),
    country: text('country'),
    languages: [
      { code: primary || undefined, primary: true },
      ...[...others].map((code) => ({ code, primary: false })),
    ],
  };
  const read = readForm(fullProfile, input, t);
  return read.errors ? { errors: byField(read.errors, written, t) } : read;
}

/** In the order in which they are on the page. */
const FIELDS = ['name', 'title', 'about', 'services', 'country', 'primary', 'languages', 'more'];

/** Errors by the fields that a person sees: languages are one list in a change, and three fields here. */
function byField(errors: Record<string, string>, written: string[], t: Translate): Record<string, string> {
  const unknown = written.find((code) => !isLanguage(code));
  const shown = Object.entries(errors).map(([name, words]): [string, string] => {
    if (name.startsWith('services')) return ['services', t('me.services-missing')];
    if (name === 'languages.0.code') return ['primary', words];
    if (!name.startsWith('languages')) return [name, words];
    return unknown ? ['more', t('me.unknown-language', { word: unknown })] : ['languages', words];
  });
  const byName = Object.fromEntries(shown);
  return Object.fromEntries(FIELDS.flatMap((name) => (byName[name] ? [[name, byName[name]]] : [])));
}
