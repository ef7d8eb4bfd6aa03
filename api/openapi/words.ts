import { z } from 'zod';
import { SERVICES } from '../../domain/catalog.ts';
import { country, dealsQuery, language, partnersQuery, requestBody, service } from '../schemas.ts';
import { adminPartnersQuery, adminRequestsQuery } from '../schemas-admin.ts';

/**
 * What the document says of fields whose schemas check in code, where a generator cannot look. It is kept
 * beside the schemas and changes nothing of how they validate.
 */
export function describeRequests(): void {
  const { client, project, partnerId, consent } = requestBody.shape;
  const { limit, cursor, services, q } = partnersQuery.shape;
  const say = (schema: z.ZodType, meta: Record<string, unknown>) =>
    z.globalRegistry.add(schema, { ...schema.meta(), ...meta });
  say(service, { enum: [...SERVICES] });
  say(country, { description: 'ISO 3166-1 alpha-2.', example: 'BR' });
  say(language, { description: 'A bare BCP 47 language subtag.', example: 'pt' });
  say(client.shape.email, {
    ...{ format: 'idn-email', maxLength: 254 },
    description: 'The domain may be internationalised; before the @ stands only ASCII.',
  });
  say(client.shape.name, { description: 'One line.' });
  say(project, { description: 'What is to be done, in the client’s words.' });
  say(partnerId, { description: 'The partner of a manual request. Absent: the request is matched.' });
  say(consent, {
    description:
      'The client agrees that the partners get project and contact, in the words of the form at `/requests/new`: their version is kept with the request.',
  });
  // It comes as text and is a number all the same.
  say(limit, {
    ...{ type: 'integer', pattern: undefined, minimum: 1, default: 20 },
    description: 'How many, at most 200: more is taken as 200.',
  });
  say(cursor, { description: 'The `nextCursor` of the page before.' });
  say(services, {
    description: 'Slugs with commas between; the partner offers all of them.',
    example: 'crm-setup',
  });
  say(q, { description: 'Words in title or name.' });
  say(dealsQuery.shape.stage, { description: 'The kind of the stage.' });
  say(adminPartnersQuery.shape.listed, { description: 'Whether the catalog shows the partner.' });
  say(adminRequestsQuery.shape.status, { description: 'Where the request stands.' });
}
