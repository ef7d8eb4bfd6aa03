import type { Key } from './translator.ts';

/**
 * Of the words that a client agrees to, in both languages together. It is kept with each request, and with each
 * disclosure to a partner. Change the words, and give them another version: test/locales/consent.test.ts holds the
 * two together, and what the versions said.
 */
export const CONSENT_VERSION = '2026-11-22';

/** The words: for partners that match, and for one that was chosen. */
export const CONSENT_KEYS = ['request-form.consent', 'request-form.consent-one'] as const satisfies Key[];
