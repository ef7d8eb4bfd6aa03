import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { CONSENT_KEYS, CONSENT_VERSION } from '../../locales/consent.ts';

/** What each version said: a SHA-256 of its words. Lines are only added: requests refer to their versions. */
const VERSIONS: Record<string, string> = {
  '2026-11-22': '8a810596d60c3bb7087a4642fcc9b9c0277f818b2fe92027620d8fbbf8fca6a3',
};

test('other words of consent are another version', () => {
  const words = ['en', 'pt-BR'].flatMap((locale) => {
    const catalog: Record<string, string> = JSON.parse(
      readFileSync(new URL(`../../locales/${locale}.json`, import.meta.url), 'utf8'),
    );
    return CONSENT_KEYS.map((key) => catalog[key]);
  });
  expect(words).not.toContain(undefined);
  const digest = createHash('sha256').update(JSON.stringify(words)).digest('hex');
  expect(VERSIONS[CONSENT_VERSION], 'raise CONSENT_VERSION and add its line').toBe(digest);
});
