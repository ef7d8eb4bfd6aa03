import { z } from 'zod';
import { adminPartnersQuery, partnerBody, partnerPatch } from '../schemas-admin.ts';
import { ownFields } from './me.ts';
import type { Operation } from './operation.ts';
import { Partner, partnerExample } from './partners.ts';
import { byIdOrSlug, moment, named, pageOf, shape } from './parts.ts';

const AdminPartner = shape('AdminPartner', {
  ...Partner.shape,
  ...ownFields,
  rank: z.number(),
  createdAt: moment,
});

const adminPartnerExample: z.infer<typeof AdminPartner> = {
  ...partnerExample,
  email: 'hello@studio-ipe.example.com',
  locale: 'pt-BR',
  listed: true,
  capacity: 8,
  liveLeads: 2,
  rank: 61.2,
  createdAt: '2026-11-02T08:00:00.000Z',
};

const partner = { schema: AdminPartner, example: adminPartnerExample };
const ofAdmin = { tag: 'Administration', credential: 'admin' } as const;

/** The whole catalog, unlisted partners too. */
export const adminPartnerOperations: Operation[] = [
  {
    ...ofAdmin,
    id: 'listAllPartners',
    method: 'get',
    path: '/api/v1/admin/partners',
    summary: 'All partners, newest first',
    query: adminPartnersQuery,
    answer: {
      status: 200,
      description: 'A page of partners.',
      json: {
        schema: pageOf('AdminPartnersPage', AdminPartner),
        example: { data: [adminPartnerExample], page: { nextCursor: null } },
      },
    },
    problems: { 401: ['bad_credential'] },
  },
  {
    ...ofAdmin,
    id: 'createPartner',
    method: 'post',
    path: '/api/v1/admin/partners',
    summary: 'Add a partner',
    description: 'Without `slug`, one is made of the name.',
    body: {
      schema: named('NewPartner', partnerBody),
      example: {
        title: 'CRM that your team will use',
        name: 'Studio Ipê',
        type: 'agency',
        country: 'BR',
        languages: [{ code: 'pt', primary: true }],
        services: ['crm-setup'],
        email: 'hello@studio-ipe.example.com',
      },
    },
    answer: { status: 201, description: 'The partner.', headers: ['Location'], json: partner },
    problems: { 401: ['bad_credential'], 409: ['slug_taken'] },
  },
  {
    ...ofAdmin,
    id: 'getAnyPartner',
    method: 'get',
    path: '/api/v1/admin/partners/{id}',
    summary: 'One partner, listed or not',
    params: byIdOrSlug,
    answer: { status: 200, description: 'The partner.', json: partner },
    problems: { 401: ['bad_credential'], 404: ['not_found'] },
  },
  {
    ...ofAdmin,
    id: 'changePartner',
    method: 'patch',
    path: '/api/v1/admin/partners/{id}',
    summary: 'Change a partner',
    description: 'What is absent stays. The slug stays for ever: links and mails have it.',
    params: byIdOrSlug,
    body: { schema: named('PartnerChange', partnerPatch), example: { tier: 'gold', listed: true } },
    answer: { status: 200, description: 'The partner as it is now.', json: partner },
    problems: { 401: ['bad_credential'], 404: ['not_found'] },
  },
];
