import type { AdminPartner } from '../../../../db/admin-partners.ts';
import { type Typed, typedList, typedText } from '../../forms.ts';

/** The form of a new partner before anything is typed: listed and accepting, as most are. */
export const NEW_PARTNER: Typed = {
  type: 'agency',
  tier: 'registered',
  locale: 'en',
  listed: 'yes',
  accepting: 'yes',
};

/** A partner as its form shows it. */
export function typedOf(partner: AdminPartner): Typed {
  const { title, name, about, type, tier, country, languages, services, email, locale } = partner;
  return {
    ...{ title, name, about, type, tier, country, services, email, locale },
    primaryLanguage: languages.find(({ primary }) => primary)?.code ?? '',
    // The primary one too, so that it stays when another takes its place.
    languages: languages.map(({ code }) => code),
    listed: partner.listed ? 'yes' : '',
    accepting: partner.accepting ? 'yes' : '',
    capacity: partner.capacity === null ? '' : String(partner.capacity),
  };
}

/** The body that the JSON API would be sent for what was typed. Empty fields are left out. */
export function bodyOf(typed: Typed): Record<string, unknown> {
  const text = (name: string) => typedText(typed, name).trim() || undefined;
  const primary = text('primaryLanguage');
  const others = typedList(typed, 'languages').filter((code) => code !== primary);
  const capacity = text('capacity');
  return {
    title: text('title'),
    name: text('name'),
    about: text('about') ?? '',
    type: text('type'),
    tier: text('tier'),
    country: text('country'),
    languages: [
      { code: primary, primary: true },
      ...[...new Set(others)].map((code) => ({ code, primary: false })),
    ],
    services: typedList(typed, 'services'),
    email: text('email'),
    locale: text('locale'),
    listed: text('listed') !== undefined,
    accepting: text('accepting') !== undefined,
    capacity: capacity === undefined ? null : /^\d+$/.test(capacity) ? Number(capacity) : capacity,
  };
}

/** Errors by the names that the form's fields have. */
export function byField(errors: Record<string, string>): Record<string, string> {
  const renamed = Object.entries(errors).map(([name, words]) => {
    const [field = ''] = name.split('.');
    return [field === 'languages' ? languageField(name) : field, words] as const;
  });
  return Object.fromEntries(renamed);
}

function languageField(name: string): string {
  return /^languages\.[1-9]/.test(name) ? 'languages' : 'primaryLanguage';
}
