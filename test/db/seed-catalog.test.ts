import { describe, expect, it } from 'vitest';
import { seedPartners } from '../../db/seed/catalog.ts';
import { SERVICES, TIERS } from '../../domain/catalog.ts';

const partners = seedPartners(320);
const distinct = (items: readonly unknown[]) => new Set(items).size;
const share = (of: (partner: (typeof partners)[number]) => boolean) =>
  partners.filter(of).length / partners.length;

describe('the seeded catalog', () => {
  it('is the same every time, and a longer one begins like a shorter one', () => {
    expect(seedPartners(320)).toEqual(partners);
    expect(seedPartners(1_000).slice(0, 320)).toEqual(partners);
  });

  it('has names, addresses and titles of their own', () => {
    for (const key of ['id', 'slug', 'email', 'title', 'name'] as const) {
      expect(distinct(partners.map((partner) => partner[key])), key).toBe(320);
    }
    for (const { slug, email } of partners) {
      expect(slug).toMatch(/^[a-z0-9]+(-[a-z0-9]+)*$/);
      expect(email).toMatch(new RegExp(`^[a-z]+@${slug}\\.example$`));
    }
    expect(distinct(seedPartners(5_000).map(({ slug }) => slug))).toBe(5_000);
  });

  it('is spread over countries, languages, services, types and tiers', () => {
    const countries = partners.map(({ country }) => country);
    expect(distinct(countries)).toBeGreaterThanOrEqual(12);
    expect(share(({ country }) => country === 'BR')).toBeCloseTo(0.3, 2);
    expect(distinct(partners.flatMap(({ languages }) => languages))).toBeGreaterThanOrEqual(8);
    expect(share(({ type }) => type === 'agency')).toBeCloseTo(0.55, 1);
    const tiers = TIERS.map((tier) => share((partner) => partner.tier === tier));
    expect(tiers).toEqual([...tiers].sort((a, b) => b - a));
    for (const service of SERVICES) {
      const inBrazil = partners.filter(
        ({ country, services }) => country === 'BR' && services.includes(service),
      );
      expect(inBrazil.length, service).toBeGreaterThanOrEqual(4);
    }
    expect(share(({ accepting }) => !accepting)).toBeCloseTo(0.03, 2);
  });

  it('speaks one primary and up to three other languages, and Portuguese pages where that is Portuguese', () => {
    for (const { country, languages, primaryLanguage, locale, services } of partners) {
      expect(languages[0]).toBe(primaryLanguage);
      expect(distinct(languages)).toBe(languages.length);
      expect(languages.length).toBeLessThanOrEqual(4);
      expect(distinct(services)).toBe(services.length);
      expect(locale).toBe(['BR', 'PT'].includes(country) && primaryLanguage === 'pt' ? 'pt-BR' : 'en');
    }
  });

  it('has enough for the common search, also with a tier, and little for a rare one', () => {
    const common = partners.filter(
      (p) =>
        p.country === 'BR' &&
        p.languages.includes('pt') &&
        p.type === 'agency' &&
        p.services.includes('crm-setup'),
    );
    expect(common.length).toBeGreaterThan(20);
    expect(
      common.filter(({ tier, accepting }) => tier === 'silver' && accepting).length,
    ).toBeGreaterThanOrEqual(6);
    expect(common.every(({ capacity }) => capacity === null)).toBe(true);
    const rare = partners.filter(
      ({ country, services }) => country === 'TR' && services.includes('online-courses'),
    );
    expect(rare.length).toBeLessThanOrEqual(3);
  });

  it('has two partners with a capacity, and both say so', () => {
    const limited = partners.filter(({ capacity }) => capacity !== null);
    expect(limited.map(({ capacity }) => capacity).sort()).toEqual([2, 3]);
    for (const { locale, about, capacity } of limited) {
      expect(about).toContain(locale === 'en' ? 'at most 2 projects' : 'no máximo 3 projetos');
      expect(capacity).toBe(locale === 'en' ? 2 : 3);
    }
    const claims = partners.filter(({ about }) => /at most \d|no máximo \d/.test(about));
    expect(claims).toEqual(limited);
  });

  it('writes whole sentences of a good length, in the language of the page', () => {
    for (const { title, about, locale, name } of partners) {
      expect(title.length, title).toBeGreaterThanOrEqual(10);
      expect(title.length, title).toBeLessThanOrEqual(70);
      expect(about.length, about).toBeGreaterThanOrEqual(80);
      expect(about.length, about).toBeLessThanOrEqual(600);
      for (const text of [title, about, name]) {
        expect(text).not.toMatch(/undefined|null|NaN|[{}|[\]]| {2}|\.\.|\s[,.;:!?]|^\s|\s$/);
      }
      expect(about).toMatch(/^\p{Lu}.*[.?!]$/u);
      expect(about).not.toMatch(
        locale === 'en' ? /\b(que|para|não|com|uma)\b/i : /\b(the|and|with|you|your)\b/i,
      );
      expect(distinct(about.split('. '))).toBe(about.split('. ').length);
      if (locale === 'pt-BR') expect(about).not.toMatch(/ (em|de) (Porto|Rio de Janeiro)(?! Alegre)\b/);
    }
  });

  it('does not repeat itself within ten neighbours of a list', () => {
    for (const locale of ['en', 'pt-BR']) {
      const openings = partners.filter((p) => p.locale === locale).map(({ about }) => about.split('. ')[0]);
      const near = openings.filter((text, i) => openings.slice(Math.max(0, i - 10), i).includes(text));
      expect(near.length).toBeLessThanOrEqual(3);
    }
  });
});
