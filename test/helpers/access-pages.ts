import { reasonField } from '../../api/pages/admin/reviews/review-row.tsx';
import { assetUrl } from '../../api/pages/assets.ts';
import { replyField } from '../../api/pages/workspace/my-reviews/reply-field.ts';
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
import { type Area, area, type Caller, EVERYBODY, FORM, PAGE, type Subject } from './access-table.ts';
import type { Owner, World } from './access-world.ts';

const [, , version = '', name = ''] = assetUrl('terna.css').split('/');

const signIn: Subject = { opens: 'sign-in' };
const feedback: Subject = { opens: 'feedback' };

const ASKED = {
  ...{ 'project.title': 'CRM', 'project.description': 'Two pipelines', 'client.name': 'Rui Lima' },
  ...{ 'client.email': 'rui@example.com', 'client.locale': 'en', consent: 'yes' },
};

const NEW_PARTNER = {
  ...{ title: 'Sites', type: 'agency', tier: 'silver', country: 'BR', email: 'studio@example.com' },
  ...{ services: 'crm-setup', primaryLanguage: 'pt', locale: 'en', listed: 'yes', accepting: 'yes' },
};

const SETTINGS = {
  ...{ accepting: 'yes', capacity: '', locale: 'en' },
  ...{ 'notifications.leadNew': 'yes', 'notifications.leadNudge': 'yes', 'notifications.leadClosed': 'yes' },
};

/** Whose pages a partner sees: its own. */
const own = (world: World, { role }: Caller): Owner =>
  role === 'otherPartner' ? world.other : world.partner;

/** A form that changes nothing needs no version. */
function asItIs({ title, name, country, services, primaryLanguage }: Owner['facts']) {
  return { title, name, country, services, primary: primaryLanguage };
}

function stageFields({ partner }: World): Record<string, string> {
  const fields = partner.stages.flatMap(({ id, name }, n) => [
    [`stages.${n}.id`, id],
    [`stages.${n}.name`, name],
  ]);
  return { name: 'Friends', ...Object.fromEntries(fields) };
}

const inProgress = (world: World) => ({ stageId: stageOf(world, 'in_progress'), version: '1' });

/** Every page and form, and the files beside them. */
export const PAGE_AREAS: Area[] = [
  area(
    'Pages and forms for everybody',
    ['get /', EVERYBODY],
    ['get /partners/{slug}', EVERYBODY, { at: (world) => ({ slug: world.partner.facts.slug }) }],
    ['get /requests/new', EVERYBODY],
    ['post /requests/new', EVERYBODY, { form: () => ASKED }],
    ['get /sign-in', EVERYBODY],
    ['post /sign-in', EVERYBODY, { form: () => ({ email: NO_EMAIL }) }],
    ['get /sign-in/sent', EVERYBODY],
    ['post /sign-out', EVERYBODY],
    ['get /assets/{version}/{name}', EVERYBODY, { at: () => ({ version, name }) }],
    ['get /favicon.ico', EVERYBODY],
  ),
  area(
    'Captured mail (only without SMTP_URL)',
    ['get /dev/mail', EVERYBODY],
    ['get /dev/mail.json', EVERYBODY],
    ['get /dev/mail/state', EVERYBODY],
    ['get /dev/mail/{id}', EVERYBODY, { at: (world) => ({ id: world.mail }) }],
  ),
  area(
    'Pages and forms behind a mailed link',
    ['get /requests/{id}/{token}', PAGE.link, request],
    ['get /requests/{id}/{token}/state', PAGE.link, request],
    ['get /requests/{id}/{token}/confirm', PAGE.link, request],
    ['post /requests/{id}/{token}/confirm', PAGE.link, { ...request, form: () => ({}) }],
    ['get /requests/{id}/{token}/choice', PAGE.link, request],
    ['post /requests/{id}/{token}/choice', PAGE.link, { ...request, form: partnerId }],
    ['get /requests/{id}/{token}/forward', PAGE.link, request],
    ['post /requests/{id}/{token}/forward', PAGE.link, { ...unmatched, form: partnerId }],
    ['get /requests/{id}/{token}/criteria', PAGE.link, request],
    ['post /requests/{id}/{token}/criteria', PAGE.link, { ...unmatched, form: () => ({ country: '' }) }],
    ['get /requests/{id}/{token}/cancel', PAGE.link, request],
    ['post /requests/{id}/{token}/cancel', PAGE.link, { ...request, form: () => ({}) }],
    ['get /feedback/{token}', PAGE.link, feedback],
    ['post /feedback/{token}', PAGE.link, { ...feedback, form: () => ({ rating: '5', comment: '' }) }],
    ['get /sign-in/{token}', PAGE.signInLink, signIn],
    ['post /sign-in/{token}', PAGE.signInLink, signIn],
  ),
  area(
    'A partner’s pages and forms',
    ['get /workspace', PAGE.own],
    ['get /workspace/board', PAGE.own],
    ['get /workspace/board/state', PAGE.own],
    ['get /workspace/deals', PAGE.partner, { query: { stage: (world) => stageOf(world, 'new') } }],
    ['get /workspace/deals/{id}', PAGE.partner, deal],
    ['post /workspace/deals/{id}/move', FORM.partner, { ...deal, form: inProgress }],
    ['post /workspace/deals/{id}/notes', FORM.partner, { ...deal, form: () => ({ text: 'Called.' }) }],
    ['get /workspace/pipelines', PAGE.own],
    ['post /workspace/pipelines', FORM.own, { form: () => ({ name: 'Referrals' }) }],
    ['get /workspace/pipelines/{id}', PAGE.partner, pipeline],
    ['post /workspace/pipelines/{id}', FORM.partner, { ...pipeline, form: stageFields }],
    [
      'post /workspace/pipelines/{id}/position',
      FORM.partner,
      { ...pipeline, form: () => ({ position: '1' }) },
    ],
    ['post /workspace/pipelines/{id}/remove', FORM.partner, { ...pipeline, form: () => ({}) }],
    ['get /workspace/profile', PAGE.own],
    ['post /workspace/profile', FORM.own, { form: (world, caller) => asItIs(own(world, caller).facts) }],
    ['get /workspace/settings', PAGE.own],
    ['post /workspace/settings', FORM.own, { form: () => SETTINGS }],
    ['post /workspace/settings/keys', FORM.own, { form: () => ({}) }],
    [
      'post /workspace/settings/keys/{id}/revoke',
      FORM.partner,
      { at: (world) => ({ id: world.key }), form: () => ({}) },
    ],
    [
      'post /workspace/settings/keys/{id}/replace',
      FORM.partner,
      { at: (world) => ({ id: world.key }), form: () => ({}) },
    ],
    [
      'post /workspace/settings/sessions/{id}/sign-out',
      FORM.partner,
      { at: (world) => ({ id: world.browser }), form: () => ({}) },
    ],
    ['post /workspace/settings/sign-out', FORM.own, { form: () => ({}) }],
    ['get /workspace/rank', PAGE.own],
    ['get /workspace/reviews', PAGE.own],
    [
      'post /workspace/reviews/{id}/reply',
      FORM.partner,
      { ...review, form: (_world, _caller, { id = '' }) => ({ [replyField(id)]: 'Thanks.' }) },
    ],
  ),
  area(
    'The administrators’ pages and forms',
    ['get /admin', PAGE.admin],
    ['get /admin/requests', PAGE.admin],
    ['post /admin/requests', FORM.admin, { form: () => ({ q: 'ana@example.com' }) }],
    ['get /admin/requests/{id}', PAGE.admin, request],
    ['get /admin/partners', PAGE.admin],
    ['post /admin/partners', FORM.admin, { form: () => ({ q: 'studio' }) }],
    ['get /admin/partners/new', PAGE.admin],
    [
      'post /admin/partners/new',
      FORM.admin,
      { form: (world) => ({ ...NEW_PARTNER, name: `Studio ${world.job}` }) },
    ],
    ['get /admin/partners/{id}', PAGE.admin, listed],
    [
      'post /admin/partners/{id}',
      FORM.admin,
      { ...listed, form: ({ partner: { facts } }) => ({ ...NEW_PARTNER, ...asListed(facts) }) },
    ],
    ['get /admin/preview', PAGE.admin],
    ['post /admin/preview', FORM.admin, { form: () => ({ policy: 'top' }) }],
    ['get /admin/reviews', PAGE.admin],
    [
      'post /admin/reviews/{id}/hide',
      FORM.admin,
      { ...review, form: (_world, _caller, { id = '' }) => ({ [reasonField(id)]: 'Rude.' }) },
    ],
    ['post /admin/reviews/{id}/restore', FORM.admin, { ...review, form: () => ({}) }],
    ['get /admin/jobs', PAGE.admin],
    ['post /admin/jobs/{id}/retry', FORM.admin, { ...job, form: () => ({}) }],
    ['get /admin/audit', PAGE.admin],
    ['get /admin/privacy', PAGE.admin],
    ['post /admin/privacy', FORM.admin, { form: () => ({ email: NO_EMAIL }) }],
    ['post /admin/privacy/export', FORM.admin, { form: () => ({ email: NO_EMAIL }) }],
    ['post /admin/privacy/erase', FORM.admin, { form: emailOf }],
    ['get /admin/account', PAGE.admin],
    [
      'post /admin/account/sessions/{id}/sign-out',
      FORM.admin,
      { at: (world) => ({ id: world.adminBrowser }), form: () => ({}) },
    ],
    ['post /admin/account/sign-out', FORM.admin, { form: () => ({}) }],
  ),
];

function asListed({ title, name, email, primaryLanguage }: Owner['facts']) {
  return { title, name, email, primaryLanguage };
}
