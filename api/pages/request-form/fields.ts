import type { FilterCounts } from '../../../db/partners.ts';
import type { Locale } from '../../../domain/catalog.ts';
import { CONSENT_VERSION } from '../../../locales/consent.ts';
import { readCatalogQuery } from '../catalog/query.ts';
import { nested, type Typed, typedList, typedText } from '../forms.ts';
import { plainAmount } from './amount.ts';

/** The fields that a person sees, in the order of the form. */
const SEEN = [
  'project.title',
  'project.description',
  'criteria.services',
  'project.budget.amount',
  'project.budget.currency',
  'project.deadline',
  'criteria.language',
  'criteria.country',
  'criteria.partnerType',
  'criteria.tier',
  'client.name',
  'client.email',
  'client.company',
  'client.phone',
  'consent',
];

/** Which of them say who should do it. */
export const WISHES = ['criteria.language', 'criteria.country', 'criteria.partnerType', 'criteria.tier'];

/** The budget's currency where nobody has said another. */
const CURRENCY: Record<Locale, string> = { en: 'USD', 'pt-BR': 'BRL' };

/** A new form: what was looked for in the catalog is asked for here. Values that no partner has are left out. */
export function prefilled(query: Record<string, unknown>, counts: FilterCounts, locale: Locale): Typed {
  const { services, country = '', language = '', type, tier } = readCatalogQuery(query);
  return {
    'criteria.services': services,
    'criteria.country': counts.countries[country] ? country : undefined,
    'criteria.language': counts.languages[language] ? language : undefined,
    'criteria.partnerType': type,
    'criteria.tier': tier,
    'project.budget.currency': CURRENCY[locale],
  };
}

/** The body of `POST /api/v1/requests` that a form makes. Fields that the form does not have are left out. */
export function bodyOf(typed: Typed): Record<string, unknown> {
  const manual = typedText(typed, 'partnerId') !== '';
  const amount = plainAmount(typedText(typed, 'project.budget.amount'));
  const known = [...SEEN, 'client.locale', 'partnerId'].filter(
    (name) => name !== 'consent' && !(manual && name.startsWith('criteria.')),
  );
  const fields: Typed = {
    ...Object.fromEntries(known.map((name) => [name, said(typed, name)])),
    'project.budget.amount': amount,
    'project.budget.currency': amount && typedText(typed, 'project.budget.currency'),
  };
  const made = nested(fields, manual ? [] : ['criteria.services']);
  // Without them, what is missing in them would have no field of its own.
  const body = { client: {}, project: {}, ...made };
  return agreed(typed) ? { ...body, consent: true } : body;
}

/** The box was ticked beside the words as they are now; a form that was shown before they changed asks again. */
function agreed(typed: Typed): boolean {
  const version = typedText(typed, 'consentVersion') || CONSENT_VERSION;
  return typedText(typed, 'consent') !== '' && version === CONSENT_VERSION;
}

/** What stands in a field; white space alone is nothing, and lines end as they do everywhere else. */
function said(typed: Typed, name: string): string | string[] {
  if (name === 'criteria.services') return typedList(typed, name);
  const text = typedText(typed, name);
  return text.trim() === '' ? '' : text.replaceAll('\r\n', '\n');
}

/** The errors in the order of the form's fields. A service that is wrong makes the whole choice wrong. */
export function inFormOrder(errors: Record<string, string>): Record<string, string> {
  const found = Object.entries(errors);
  return Object.fromEntries(
    SEEN.flatMap((name) => {
      const [, words] = found.find(([at]) => at === name || at.startsWith(`${name}.`)) ?? [];
      return words ? [[name, words]] : [];
    }),
  );
}
