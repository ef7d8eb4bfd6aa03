import { OpenAPIRegistry, OpenApiGeneratorV31 } from '@asteasolutions/zod-to-openapi';
import type { Config } from '../../config.ts';
import { adminAuditOperations } from './admin-audit.ts';
import { adminOperations } from './admin-operations.ts';
import { adminPartnerOperations } from './admin-partners.ts';
import { personalDataOperations } from './admin-personal-data.ts';
import { adminRequestOperations } from './admin-requests.ts';
import { CREDENTIALS } from './credentials.ts';
import { dealOperations } from './deals.ts';
import { healthOperations } from './health.ts';
import { meOperations } from './me.ts';
import { type Operation, routeOf } from './operation.ts';
import { partnerOperations } from './partners.ts';
import { pipelineOperations } from './pipelines.ts';
import { requestOperations } from './requests.ts';
import { reviewOperations } from './reviews.ts';
import { sessionOperations } from './sessions.ts';
import { describeRequests } from './words.ts';

/** Every call that the document describes. */
export const OPERATIONS: Operation[] = [
  ...partnerOperations,
  ...requestOperations,
  ...reviewOperations,
  ...dealOperations,
  ...pipelineOperations,
  ...meOperations,
  ...sessionOperations,
  ...adminPartnerOperations,
  ...adminRequestOperations,
  ...adminOperations,
  ...adminAuditOperations,
  ...personalDataOperations,
  ...healthOperations,
];

const TAGS = {
  Partners: 'The catalog: agencies and freelancers, open to everybody.',
  Requests: 'What a client asks for, and the partners it was sent to.',
  Reviews: 'A rating of 1 to 5 and words, by the client of a won deal; one per deal.',
  Deals: 'A match in the partner’s CRM, in one stage of one pipeline.',
  Pipelines: 'The partner’s boards: ordered stages of the kinds new, in progress, won and lost.',
  'Own profile': 'What a partner sees and changes of itself, and its rank.',
  Sessions: 'Signing in by a mailed link, for partners and administrators.',
  Administration: 'Partners, requests with their draws, reviews, failed jobs, match preview, audit log.',
  Health: 'For whoever restarts and balances.',
};

const DESCRIPTION = `Routes client requests in a partner catalog: three matching partners get a request as a
deal, the client picks one.

- Times are RFC 3339 in UTC. Bodies are JSON in UTF-8, at most 100,000 bytes, and their fields are all known:
  one too many is an error.
- Answers may get more fields. Leave those aside that you do not know.
- Whatever goes wrong is \`application/problem+json\` (RFC 9457) with a \`code\` for machines.
- What is not yours looks as if it did not exist: 404.
- Writes are limited, by address or by API key, and requests by their client’s e-mail address, too: 429 with
  \`Retry-After\` in seconds. Reads are not.
- A body that cannot be read is 400, 413 or 415, also where none is asked for.
- Every GET may be a HEAD, and knows \`If-None-Match\` (304).
- A known path with another method is 405, with \`Allow\`.`;

/** The OpenAPI document of this installation. */
export function buildDocument({ publicUrl }: Pick<Config, 'publicUrl'>) {
  describeRequests();
  const registry = new OpenAPIRegistry();
  for (const { scheme, description } of Object.values(CREDENTIALS)) {
    registry.registerComponent('securitySchemes', scheme, { type: 'http', scheme: 'bearer', description });
  }
  for (const operation of OPERATIONS) registry.registerPath(routeOf(operation));
  return new OpenApiGeneratorV31(registry.definitions).generateDocument({
    openapi: '3.1.0',
    info: {
      title: 'Terna',
      version: '1',
      description: DESCRIPTION,
      license: { name: 'MIT', identifier: 'MIT' },
    },
    servers: [
      { url: '/', description: 'Where this document came from' },
      { url: publicUrl, description: 'The public address' },
    ],
    tags: Object.entries(TAGS).map(([name, description]) => ({ name, description })),
  });
}
