import { z } from 'zod';
import { pageQuery, partnersQuery } from '../schemas.ts';
import { languageHeader } from './headers.ts';
import type { Operation } from './operation.ts';
import * as parts from './parts.ts';
import { PublicReview, reviewExample } from './reviews.ts';

const { shape, EXAMPLE_IDS } = parts;

/** A partner as anybody sees it. */
export const Partner = shape('Partner', {
  id: parts.uuid,
  slug: z.string(),
  title: z.string().meta({ description: 'The headline of the partner’s page.' }),
  name: z.string().meta({ description: 'The company’s or person’s name.' }),
  about: z.string(),
  type: parts.partnerType,
  tier: parts.tier,
  country: parts.countryCode,
  languages: z.array(shape('PartnerLanguage', { code: parts.languageCode, primary: z.boolean() })),
  services: z.array(parts.serviceSlug),
  accepting: z.boolean().meta({ description: 'Whether it takes requests at the moment.' }),
  rating: z.number().min(1).max(5).nullable().meta({ description: 'The mean of ratings; null without any.' }),
  reviewCount: z.int().min(0),
  completedProjects: z.int().min(0),
  answerSeconds: z.int().min(0).nullable(),
});

export const partnerExample: z.infer<typeof Partner> = {
  id: EXAMPLE_IDS.partner,
  slug: 'studio-ipe',
  title: 'CRM that your team will use',
  name: 'Studio Ipê',
  about: 'We set up CRM and mail for small shops.',
  type: 'agency',
  tier: 'silver',
  country: 'BR',
  languages: [
    { code: 'pt', primary: true },
    { code: 'en', primary: false },
  ],
  services: ['crm-setup', 'email-marketing'],
  accepting: true,
  rating: 4.67,
  reviewCount: 3,
  completedProjects: 5,
  answerSeconds: 7_200,
};

const PartnersPage = shape('PartnersPage', {
  data: z.array(Partner),
  page: parts.page,
  similar: z
    .literal(true)
    .optional()
    .meta({ description: 'Nobody’s title or name holds `q`: these are written like it.' }),
});

const ReviewsPage = shape('ReviewsPage', {
  data: z.array(PublicReview),
  page: parts.page,
  hiddenCount: z.int().min(0).meta({ description: 'How many an administrator has hidden.' }),
});

const counted = (id: string) =>
  z.array(shape(id, { code: z.string(), name: z.string(), count: z.int().min(0) }));
const Counted = counted('CountedValue');

const Catalog = shape('Catalog', {
  services: z.array(shape('CountedService', { slug: z.string(), name: z.string(), count: z.int().min(0) })),
  countries: Counted,
  languages: Counted,
  types: Counted,
  tiers: Counted,
});

/** The catalog, open to everybody. */
export const partnerOperations: Operation[] = [
  {
    id: 'listPartners',
    method: 'get',
    path: '/api/v1/partners',
    tag: 'Partners',
    summary: 'The catalog, in its order',
    description: 'With a language, those who have it as primary come first; then by rank.',
    query: partnersQuery,
    answer: {
      status: 200,
      description: 'A page of partners.',
      json: { schema: PartnersPage, example: { data: [partnerExample], page: { nextCursor: null } } },
    },
  },
  {
    id: 'getPartner',
    method: 'get',
    path: '/api/v1/partners/{id}',
    tag: 'Partners',
    summary: 'One partner',
    params: parts.byIdOrSlug,
    answer: { status: 200, description: 'The partner.', json: { schema: Partner, example: partnerExample } },
    problems: { 404: ['not_found'] },
  },
  {
    id: 'listPartnerReviews',
    method: 'get',
    path: '/api/v1/partners/{id}/reviews',
    tag: 'Partners',
    summary: 'A partner’s reviews, newest first',
    params: parts.byIdOrSlug,
    query: pageQuery,
    answer: {
      status: 200,
      description: 'A page of reviews.',
      json: {
        schema: ReviewsPage,
        example: { data: [reviewExample], page: { nextCursor: null }, hiddenCount: 0 },
      },
    },
    problems: { 404: ['not_found'] },
  },
  {
    id: 'getCatalog',
    method: 'get',
    path: '/api/v1/catalog',
    tag: 'Partners',
    summary: 'What the catalog can be filtered by',
    headers: languageHeader,
    answer: {
      status: 200,
      description: 'Every value with its name and how many partners have it.',
      json: {
        schema: Catalog,
        example: {
          services: [{ slug: 'crm-setup', name: 'CRM setup', count: 12 }],
          countries: [{ code: 'BR', name: 'Brazil', count: 9 }],
          languages: [{ code: 'pt', name: 'Portuguese', count: 10 }],
          types: [{ code: 'agency', name: 'Agency', count: 14 }],
          tiers: [{ code: 'silver', name: 'Silver Partner', count: 6 }],
        },
      },
    },
  },
];
