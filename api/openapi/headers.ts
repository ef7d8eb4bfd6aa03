import { z } from 'zod';

const text = (description: string, example: string) => ({
  description,
  schema: { type: 'string' as const },
  example,
});

/** Headers of answers, by name. */
export const RESPONSE_HEADERS = {
  Location: text('Where the new one is.', '/api/v1/requests/0198c7a4-5b2e-7c31-9d7a-3f1e2b4c5d6e'),
  ETag: text('The version of the deal, for `If-Match`.', '"3"'),
  'Retry-After': { description: 'In seconds.', schema: { type: 'integer' as const }, example: 2 },
  'WWW-Authenticate': text('How to authenticate.', 'Bearer'),
};

export type ResponseHeader = keyof typeof RESPONSE_HEADERS;

const language = z.string().optional().meta({
  description: 'The language of words in the answer: English or Brazilian Portuguese.',
  example: 'pt-BR',
});

/** Calls whose answers hold words. */
export const languageHeader = z.object({ 'Accept-Language': language });

export const intakeHeaders = z.object({
  'Idempotency-Key': z.string().min(1).max(255).optional().meta({
    description: 'The same key and body again give the same request, with a fresh token. Keep to ASCII.',
    example: '5f0c6a5e-2a1f-4a3e-8a53-7d6c2f1b9e10',
  }),
  'Accept-Language': language.meta({
    description: 'The client’s language, where `client.locale` is absent.',
  }),
});

export const moveHeaders = z.object({
  'If-Match': z.string().optional().meta({
    description: 'The version that you saw, as in `ETag`. Absent or `*`: whatever it is.',
    example: '"3"',
  }),
});
