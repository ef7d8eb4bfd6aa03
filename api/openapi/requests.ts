import { z } from 'zod';
import { criteriaPatch, partnerBody, requestBody } from '../schemas.ts';
import { intakeHeaders } from './headers.ts';
import type { Operation } from './operation.ts';
import { Partner, partnerExample } from './partners.ts';
import { byId, EXAMPLE_IDS, moment, named, shape, uuid } from './parts.ts';

export const mode = z.enum(['automated', 'manual']);
export const requestStatus = z.enum([
  'received',
  'unmatched',
  'routed',
  'answered',
  'invited',
  'chosen',
  'completed',
  'cancelled',
]);

const Accepted = shape('AcceptedRequest', {
  id: uuid,
  mode,
  status: z.literal('received'),
  accessToken: z.string().meta({ description: 'Opens this request. Given now and not again.' }),
  trackingUrl: z.url().meta({ description: 'The client’s page. It holds a token: keep it like one.' }),
});

const Match = shape('Match', {
  partner: shape('MatchedPartner', { id: uuid, slug: z.string(), title: z.string(), name: z.string() }),
  status: z.enum(['sent', 'answered', 'refused', 'chosen', 'lost', 'won']),
  reasons: z.array(z.string()).meta({ description: 'Why this partner, in the client’s language.' }),
  answeredAt: moment.nullable(),
});

const ClientRequest = shape('Request', {
  id: uuid,
  mode,
  status: requestStatus,
  answerDueAt: moment.nullable().meta({ description: 'When the window for the first answer ends.' }),
  createdAt: moment,
  matches: z.array(Match),
});

const Suggestions = shape('Suggestions', { data: z.array(Partner) });

const requestExample: z.infer<typeof ClientRequest> = {
  id: EXAMPLE_IDS.request,
  mode: 'automated',
  status: 'answered',
  answerDueAt: '2027-01-07T10:15:00.000Z',
  createdAt: '2027-01-04T10:15:00.000Z',
  matches: [
    {
      partner: {
        id: EXAMPLE_IDS.partner,
        slug: 'studio-ipe',
        title: partnerExample.title,
        name: partnerExample.name,
      },
      status: 'answered',
      reasons: ['Offers CRM setup', 'Located in Brazil'],
      answeredAt: '2027-01-04T13:40:00.000Z',
    },
  ],
};

/** The request of the contract. */
const newRequestExample: z.input<typeof requestBody> = {
  client: {
    name: 'Ana Souza',
    email: 'ana@example.com',
    phone: '+55 11 5555 0100',
    company: 'Padaria Ana',
    locale: 'pt-BR',
  },
  project: {
    title: 'CRM setup',
    description: 'Two pipelines and a form.',
    budget: { amount: '1500.00', currency: 'BRL' },
    deadline: '2027-01-31',
  },
  criteria: {
    services: ['crm-setup'],
    country: 'BR',
    language: 'pt',
    partnerType: 'agency',
    tier: 'silver',
  },
  consent: true,
};

const seen = (status: number, description: string) => ({
  status,
  description,
  json: { schema: ClientRequest, example: requestExample },
});
const chosenPartner = {
  schema: named('PartnerChoice', partnerBody),
  example: { partnerId: EXAMPLE_IDS.partner },
};
const ofOne = { tag: 'Requests', credential: 'client', params: byId } as const;

/** What a client does: ask for help, and see what came of it. */
export const requestOperations: Operation[] = [
  {
    id: 'createRequest',
    method: 'post',
    path: '/api/v1/requests',
    tag: 'Requests',
    summary: 'Ask for a partner',
    description: 'With `partnerId` the request goes to that partner alone; without, to three that match.',
    headers: intakeHeaders,
    body: { schema: named('NewRequest', requestBody), example: newRequestExample },
    answer: {
      status: 202,
      description: 'Accepted: it is matched in a moment, and is not lost.',
      headers: ['Location'],
      json: {
        schema: Accepted,
        example: {
          id: EXAMPLE_IDS.request,
          mode: 'automated',
          status: 'received',
          accessToken: 'Yb3n-EXAMPLE-access-token-of-one-request-x8Q',
          trackingUrl: `https://terna.example.com/requests/${EXAMPLE_IDS.request}/Yb3n-EXAMPLE`,
        },
      },
    },
    problems: {
      400: ['bad_idempotency_key'],
      409: ['not_accepting', 'in_flight'],
      422: ['idempotency_key_reused'],
    },
  },
  {
    ...ofOne,
    id: 'getRequest',
    method: 'get',
    path: '/api/v1/requests/{id}',
    summary: 'A request and its matches',
    answer: seen(200, 'The request.'),
    problems: { 404: ['not_found'] },
  },
  {
    ...ofOne,
    id: 'listSuggestions',
    method: 'get',
    path: '/api/v1/requests/{id}/suggestions',
    summary: 'Partners that match and were not asked yet',
    answer: {
      status: 200,
      description: 'At most 24, in catalog order.',
      json: { schema: Suggestions, example: { data: [partnerExample] } },
    },
    problems: { 404: ['not_found'] },
  },
  {
    ...ofOne,
    id: 'choosePartner',
    method: 'post',
    path: '/api/v1/requests/{id}/choice',
    summary: 'Choose one of the partners asked',
    description: 'The other live deals close, and their partners are told.',
    body: chosenPartner,
    answer: seen(200, 'The request.'),
    problems: { 404: ['not_found'], 409: ['not_asked', 'not_live', 'not_possible'] },
  },
  {
    ...ofOne,
    id: 'forwardRequest',
    method: 'post',
    path: '/api/v1/requests/{id}/forward',
    summary: 'Send the request to one more partner',
    description: 'While it is `invited` or `unmatched`. To a partner already asked it changes nothing.',
    body: chosenPartner,
    answer: seen(202, 'The request; the partner gets it in a moment.'),
    problems: { 404: ['not_found'], 409: ['not_invited', 'not_accepting'], 422: ['unknown_partner'] },
  },
  {
    ...ofOne,
    id: 'widenCriteria',
    method: 'patch',
    path: '/api/v1/requests/{id}/criteria',
    summary: 'Ask for less, so that somebody matches',
    description: 'While it is `unmatched`. What is absent stays, `null` asks for anything.',
    body: { schema: named('CriteriaChange', criteriaPatch), example: { language: null, tier: null } },
    answer: seen(202, 'The request; it is matched anew in a moment.'),
    problems: { 404: ['not_found'], 409: ['not_unmatched'] },
  },
  {
    ...ofOne,
    id: 'cancelRequest',
    method: 'post',
    path: '/api/v1/requests/{id}/cancel',
    summary: 'Cancel the request',
    description: 'Its live deals close, and their partners are told. It needs no body.',
    answer: seen(200, 'The request.'),
    problems: { 404: ['not_found'], 409: ['not_possible'] },
  },
];
