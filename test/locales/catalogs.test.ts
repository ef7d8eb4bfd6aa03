import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { IntlMessageFormat } from 'intl-messageformat';
import { describe, expect, it } from 'vitest';
import { NAMED_ACTIONS, NAMED_SUBJECTS } from '../../api/pages/admin/audit/words.ts';
import { NAMED_JOBS } from '../../api/pages/admin/jobs/job-words.ts';
import { MAIL_STATUSES, MAILS } from '../../api/pages/admin/requests/mail-entry.ts';
import { SHOWN } from '../../api/pages/admin/reviews/page.tsx';
import { FIELD_PROBLEMS } from '../../api/pages/forms.ts';
import { NAMED_PROBLEMS } from '../../api/pages/problem-page.tsx';
import { ACTOR_KINDS } from '../../db/audit-list.ts';
import { LOCALES, type Locale, PARTNER_TYPES, SERVICES, TIERS } from '../../domain/catalog.ts';
import { PARTNER_REASONS, SYSTEM_REASONS } from '../../domain/deal-life.ts';
import { LIFE } from '../../domain/request-life.ts';
import { isolating, type Key, translator, type Values } from '../../locales/translator.ts';

const ROOT = resolve(import.meta.dirname, '../..');
const CATALOGS = Object.fromEntries(
  LOCALES.map((locale) => [locale, JSON.parse(readFileSync(join(ROOT, `locales/${locale}.json`), 'utf8'))]),
) as Record<Locale, Record<string, string>>;
const KEYS = Object.keys(CATALOGS.en) as Key[];

type Element = ReturnType<IntlMessageFormat['getAst']>[number];

/** The arguments of a message with their types, also those inside plurals and choices. */
function argumentsOf(elements: Element[], found: Map<string, string>): Map<string, string> {
  for (const element of elements) {
    if ('options' in element) {
      found.set(element.value, 'offset' in element ? 'plural' : 'select');
      for (const { value } of Object.values(element.options)) argumentsOf(value, found);
    } else if (element.type === TYPE.argument) {
      if (!found.has(element.value)) found.set(element.value, 'text');
    } else if (element.type === TYPE.number) found.set(element.value, 'number');
  }
  return found;
}

/** Of ICU's elements, as the parser numbers them. */
const TYPE = { argument: 1, number: 2 } as const;

function argumentsIn(locale: Locale, key: string): [string, string][] {
  const message = new IntlMessageFormat(CATALOGS[locale][key] ?? '', locale, undefined, { ignoreTag: true });
  return [...argumentsOf(message.getAst(), new Map())].sort();
}

const sources = ['api', 'workers', 'life', 'locales', 'db', 'jobs', 'bin']
  .flatMap((folder) =>
    readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
      .filter((file) => /\.tsx?$/.test(file))
      .map((file) => readFileSync(join(ROOT, folder, file), 'utf8')),
  )
  .join('\n');

const REQUEST_STATUSES = Object.keys(LIFE);

/** Keys that are put together from a prefix and one of these. */
const BUILT: Record<string, readonly string[]> = {
  'service.': SERVICES,
  'tier.': TIERS,
  'type.': PARTNER_TYPES,
  'closed.': SYSTEM_REASONS,
  'lost.': PARTNER_REASONS,
  'problem.': NAMED_PROBLEMS,
  'catalog.': ['country', 'language', 'type', 'tier'],
  'error.': FIELD_PROBLEMS,
  'stage.': ['new', 'in_progress', 'won', 'lost'],
  'tracking.title.': REQUEST_STATUSES,
  'tracking.text.': REQUEST_STATUSES,
  'tracking.step.': ['sent', 'asked', 'answers', 'choice', 'done'],
  'tracking.match.': ['sent', 'answered', 'refused', 'chosen', 'lost', 'won'],
  'tracking.done.': ['chosen', 'forwarded', 'widened', 'cancelled', 'confirmed'],
  'feedback.meaning.': ['1', '2', '3', '4', '5'],
  'settings.notifications.': ['leadNew', 'leadNudge', 'leadClosed'],
  'standing.part.': ['rating', 'projects', 'reviews'],
  'standing.step.': ['asked', 'answered', 'chosen', 'won'],
  'admin.status.': REQUEST_STATUSES,
  'admin.locale.': LOCALES,
  'admin.policy.': ['balanced', 'top'],
  'admin.story.disclosed-': ['name', 'email', 'phone', 'company', 'project'],
  'admin.lost.': PARTNER_REASONS,
  'admin.mail.': MAILS,
  'admin.mail-status.': MAIL_STATUSES,
  'admin.job.': NAMED_JOBS,
  'admin.did.': NAMED_ACTIONS,
  'admin.subject.': NAMED_SUBJECTS,
  'admin.actor.': ACTOR_KINDS,
  'admin.outcome.': ['begun', 'failed'],
  'admin.reviews.none-': SHOWN,
  'admin.reviews.done-': ['hidden', 'restored'],
  'admin.reviews.': SHOWN,
  'reason.': ['language-primary', 'language-other', 'newcomer', 'chosen-by-client'],
};

describe('the catalogs of words', () => {
  it('have the same keys in the same order', () => {
    for (const locale of LOCALES) expect(Object.keys(CATALOGS[locale])).toEqual(KEYS);
  });

  it('have the same arguments for every key', () => {
    for (const locale of LOCALES) {
      for (const key of KEYS) expect([key, argumentsIn(locale, key)]).toEqual([key, argumentsIn('en', key)]);
    }
  });

  it('hold no key twice', () => {
    for (const locale of LOCALES) {
      const text = readFileSync(join(ROOT, `locales/${locale}.json`), 'utf8');
      const written = [...text.matchAll(/^ {2}"([^"]+)":/gm)].map(([, key]) => key);
      expect(written).toEqual([...new Set(written)]);
      expect(written).toHaveLength(KEYS.length);
    }
  });

  it('hold no key that nobody says', () => {
    const unused = KEYS.filter((key) => {
      if (sources.includes(`'${key}'`) || sources.includes(`"${key}"`)) return false;
      const [prefix, codes] = Object.entries(BUILT).find(([start]) => key.startsWith(start)) ?? ['', []];
      return !(codes.includes(key.slice(prefix.length)) && sources.includes(`\`${prefix}\${`));
    });
    expect(unused).toEqual([]);
  });

  it('name everything that is built from a prefix', () => {
    const wanted = Object.entries(BUILT).flatMap(([prefix, codes]) => codes.map((code) => prefix + code));
    expect(wanted.filter((key) => !KEYS.includes(key as Key))).toEqual([]);
  });

  it.each(LOCALES)('are complete sentences without stray spaces or braces in %s', (locale) => {
    for (const [key, message] of Object.entries(CATALOGS[locale])) {
      expect(message, key).toBe(message.trim());
      expect(message, key).not.toMatch(/ {2}|[<>]|\.\.\.|TODO/);
      expect(message, key).not.toBe('');
    }
  });

  it.each(LOCALES)('format with every number in %s', (locale) => {
    const say = translator(locale);
    for (const key of KEYS) {
      const types = argumentsIn(locale, key);
      for (const n of [0, 1, 2, 3, 5, 21, 1_000_000]) {
        const values: Values = Object.fromEntries(
          types.map(([name, type]) => [name, type === 'text' ? `«${name} <b> {x} '#»` : n]),
        );
        const said = say(key, values);
        expect(said, key).not.toMatch(/undefined|NaN|\[object|plural,|number,/);
        for (const [name, type] of types)
          if (type === 'text' && !types.some(([, other]) => other === 'plural'))
            expect(said, key).toContain(`«${name} <b> {x} '#»`);
      }
    }
  });

  it('are translated: the same words in both only where the word is the same', () => {
    const same = KEYS.filter((key) => CATALOGS.en[key] === CATALOGS['pt-BR'][key]);
    expect(same.sort()).toEqual(['service.landing-pages', 'type.freelancer']);
  });

  it('speak of one and of many as each language does', () => {
    const routed = (locale: Locale, count: number) =>
      translator(locale)('mail.request-routed.subject', { count, title: 'T' });
    expect([routed('en', 1), routed('en', 2)]).toEqual([
      'A partner has your request: T',
      '2 partners have your request: T',
    ]);
    expect([routed('pt-BR', 1), routed('pt-BR', 3)]).toEqual([
      'Um parceiro recebeu sua solicitação: T',
      '3 parceiros receberam sua solicitação: T',
    ]);
    expect(translator('pt-BR')('reason.rating', { rating: 4.5, reviews: 1 })).toBe(
      'Nota 4,5 dada por 1 cliente',
    );
    expect(translator('en')('reason.rating', { rating: 4, reviews: 12 })).toBe('Rated 4.0 by 12 clients');
  });
});

it('a name that is written from right to left does not turn a phrase around', () => {
  const say = isolating(translator('en'));
  expect(say('profile.about', { name: 'שלום' })).toBe('About \u2068שלום\u2069');
  expect(say('profile.about', { name: '\u202eevil' })).toBe('About \u2068\u202eevil\u2069');
  expect(say('profile.about', { name: 'Ana 東京' })).toBe('About Ana 東京');
});
