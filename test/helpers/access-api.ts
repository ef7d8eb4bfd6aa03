import {
  deal,
  emailOf,
  job,
  listed,
  NO_EMAIL,
  partnerId,
  pipeline,
  request,
  review,
  stageOf,
  unmatched,
} from './access-subjects.ts';
import { API, area, EVERYBODY, OPERATOR, VIEWER } from './access-table.ts';
import { requestBody } from './requests.ts';

const NEW_PARTNER = {
  ...{ title: 'Sites and shops', name: 'Studio', type: 'agency', country: 'BR', email: 'studio@example.com' },
  ...{ languages: [{ code: 'pt', primary: true }], services: ['landing-pages'] },
};

/** Every call of the JSON API. */
export const API_AREAS = [
  area(
    'The catalog, asking for help and for a link to sign in, over the API',
    ['get /api/v1/partners', EVERYBODY],
    ['get /api/v1/partners/{id}', EVERYBODY, listed],
    ['get /api/v1/partners/{id}/reviews', EVERYBODY, listed],
    ['get /api/v1/catalog', EVERYBODY],
    ['post /api/v1/requests', EVERYBODY, { json: () => requestBody() }],
    ['post /api/v1/sign-in', EVERYBODY, { json: () => ({ email: NO_EMAIL }) }],
  ),
  area(
    'A client’s request, over the API',
    ['get /api/v1/requests/{id}', API.client, request],
    ['get /api/v1/requests/{id}/suggestions', API.client, request],
    ['post /api/v1/requests/{id}/choice', API.client, { ...request, json: partnerId }],
    ['post /api/v1/requests/{id}/forward', API.client, { ...unmatched, json: partnerId }],
    ['patch /api/v1/requests/{id}/criteria', API.client, { ...unmatched, json: () => ({ country: null }) }],
    ['post /api/v1/requests/{id}/cancel', API.client, request],
    ['post /api/v1/reviews', API.reviewer, { opens: 'feedback', json: () => ({ rating: 5 }) }],
  ),
  area(
    'A partner, over the API',
    ['get /api/v1/deals', API.own],
    ['get /api/v1/deals/{id}', API.partner, deal],
    [
      'patch /api/v1/deals/{id}',
      API.partner,
      { ...deal, json: (world) => ({ stageId: stageOf(world, 'in_progress') }) },
    ],
    ['post /api/v1/deals/{id}/notes', API.partner, { ...deal, json: () => ({ text: 'Called.' }) }],
    ['get /api/v1/pipelines', API.own],
    ['post /api/v1/pipelines', API.own, { json: () => ({ name: 'Referrals' }) }],
    ['get /api/v1/pipelines/{id}', API.partner, pipeline],
    ['patch /api/v1/pipelines/{id}', API.partner, { ...pipeline, json: () => ({ name: 'Friends' }) }],
    ['delete /api/v1/pipelines/{id}', API.partner, pipeline],
    ['get /api/v1/me', API.own],
    ['patch /api/v1/me', API.own, { json: () => ({ capacity: 5 }) }],
    ['get /api/v1/me/rank', API.own],
    ['post /api/v1/reviews/{id}/reply', API.partner, { ...review, json: () => ({ text: 'Thanks.' }) }],
  ),
  area(
    'An administrator, over the API',
    ['get /api/v1/admin/partners', API.admin],
    ['post /api/v1/admin/partners', API.admin, { json: () => newPartner() }],
    ['get /api/v1/admin/partners/{id}', API.admin, listed],
    ['patch /api/v1/admin/partners/{id}', API.admin, { ...listed, json: () => ({ tier: 'gold' }) }],
    ['get /api/v1/admin/requests', API.admin],
    ['get /api/v1/admin/requests/{id}', API.admin, request],
    ['get /api/v1/admin/reviews', API.admin],
    ['post /api/v1/admin/reviews/{id}/hide', API.admin, { ...review, json: () => ({ reason: 'Rude.' }) }],
    ['post /api/v1/admin/reviews/{id}/restore', API.admin, review],
    ['get /api/v1/admin/jobs/failed', API.admin],
    ['post /api/v1/admin/jobs/{id}/retry', API.admin, job],
    ['get /api/v1/admin/audit', API.admin],
    ['post /api/v1/admin/personal-data/export', API.admin, { json: () => ({ email: NO_EMAIL }) }],
    ['post /api/v1/admin/personal-data/erase', API.admin, { json: emailOf }],
    ['post /api/v1/admin/match-preview', API.admin, { json: () => ({}) }],
  ),
  area(
    'Sessions, over the API',
    [
      'post /api/v1/sessions',
      API.signIn,
      { opens: 'sign-in', json: (_world, caller) => ({ token: caller.link }) },
    ],
    ['delete /api/v1/sessions', API.signOut],
  ),
  area(
    'Health and documentation',
    ['get /livez', EVERYBODY],
    ['get /readyz', EVERYBODY],
    ['get /openapi.json', EVERYBODY],
    ['get /docs', EVERYBODY],
    ['get /docs/init.js', EVERYBODY],
    ['get /docs/swagger-ui.css', EVERYBODY],
    ['get /docs/swagger-ui-bundle.js', EVERYBODY],
    ['get /docs/favicon-32x32.png', EVERYBODY],
  ),
  area(
    'The operators’ board and figures (only with OPS_PASSWORD or OPS_VIEWER_PASSWORD)',
    ['get /ops/queues/{rest}', VIEWER, { at: () => ({ rest: 'api/queues' }) }],
    ['put /ops/queues/{rest}', OPERATOR, { at: () => ({ rest: 'api/queues/send-email/resume' }) }],
    ['get /metrics', VIEWER],
  ),
];

/** Its slug must be new: a taken one is 409. */
function newPartner(): Record<string, unknown> {
  return { ...NEW_PARTNER, slug: `studio-${Math.random().toString(36).slice(2)}` };
}
