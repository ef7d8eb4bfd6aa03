import type { Request } from 'express';
import type { Locale } from '../domain/catalog.ts';

/** The language of ours that the reader likes best; every kind of Portuguese is better than English then. */
export function localeOf(request: Request): Locale {
  const best = request.acceptsLanguages('en', 'pt-BR', 'pt', 'pt-PT');
  return best && best !== 'en' ? 'pt-BR' : 'en';
}
