import type { TestApi } from './http-api.ts';

export const FORM = '/requests/new';

export type Fields = Record<string, string | string[]>;

/** What somebody types who fills in only what the request form needs. */
export function typed(more: Fields = {}): Fields {
  return {
    key: crypto.randomUUID(),
    'client.locale': 'en',
    'project.title': 'CRM for a bakery',
    'project.description': 'Two pipelines.',
    'client.name': 'Ana Souza',
    'client.email': 'ana@example.com',
    consent: 'yes',
    ...more,
  };
}

/** Opens the request form as a browser of this language. */
export function openForm(api: TestApi, path = FORM, lang = 'en') {
  return api.call(path, { headers: { 'accept-language': lang } });
}

/** Posts the request form as a browser does; `id` is that of the request that came of it. */
export async function sendForm(api: TestApi, fields: Fields, lang = 'en') {
  const pairs = Object.entries(fields).flatMap(([name, value]) => [value].flat().map((each) => [name, each]));
  const answer = await api.call(FORM, {
    method: 'POST',
    body: new URLSearchParams(pairs),
    redirect: 'manual',
    headers: { 'accept-language': lang },
  });
  const location = answer.headers.get('location') ?? '';
  return { ...answer, location, id: location.split('/')[2] };
}

/** What is in the table of requests, oldest first. */
export function requestRows(api: TestApi) {
  return api.db.query<Record<string, unknown>>(
    `select mode, title, description, client_name as name, client_phone as phone, locale, services, country, language,
       partner_type as type, tier, budget_amount as amount, budget_currency as currency, deadline::text as deadline,
       partner_id as "partnerId" from requests order by id`,
  );
}

/** The value that an input is shown with, as the source has it. */
export function shown(text: string, name: string): string | undefined {
  const inputs = [...text.matchAll(/<input(?:[^>"]|"[^"]*")*>/g)].map(([tag]) => tag);
  const input = inputs.find((tag) => tag.includes(` name="${name}"`)) ?? '';
  return / value="([^"]*)"/.exec(input)?.[1];
}
