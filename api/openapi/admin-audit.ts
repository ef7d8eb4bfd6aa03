import { z } from 'zod';
import { ACTOR_KINDS } from '../../db/audit-list.ts';
import { adminAuditQuery } from '../schemas-audit.ts';
import type { Operation } from './operation.ts';
import { EXAMPLE_IDS, moment, pageOf, shape, uuid } from './parts.ts';

const AuditRecord = shape('AuditRecord', {
  id: uuid,
  at: moment,
  actor: z.object({
    kind: z.enum(ACTOR_KINDS).meta({
      description:
        'An administrator who was signed in, an API key of administrators, whoever knew the password of the board, or the command line.',
    }),
    id: uuid.nullable().meta({ description: 'Of the administrator or the key.' }),
    name: z
      .string()
      .nullable()
      .meta({ description: 'Of the administrator or the key, if it is still there.' }),
  }),
  action: z.string().meta({ description: 'Noun and verb.' }),
  subject: z.object({
    kind: z.string(),
    id: z.string().nullable().meta({ description: 'An id, or the name of a queue.' }),
  }),
  detail: z.record(z.string(), z.unknown()).meta({
    description:
      'What else must be known. `changes` are fields, with the values `from` and `to` where these cannot be personal.',
  }),
  outcome: z
    .enum(['begun', 'done', 'failed'])
    .meta({ description: '`begun`: nobody has seen how it ended.' }),
});

const example: z.infer<typeof AuditRecord> = {
  id: EXAMPLE_IDS.event,
  at: '2027-01-04T10:20:00.000Z',
  actor: { kind: 'admin', id: EXAMPLE_IDS.job, name: 'Rui Lima' },
  action: 'partner.change',
  subject: { kind: 'partner', id: EXAMPLE_IDS.partner },
  detail: { changes: { tier: { from: 'silver', to: 'gold' }, email: {} } },
  outcome: 'done',
};

/** What administrators and operators did. */
export const adminAuditOperations: Operation[] = [
  {
    tag: 'Administration',
    credential: 'admin',
    id: 'listAuditRecords',
    method: 'get',
    path: '/api/v1/admin/audit',
    summary: 'What administrators and operators did, newest first',
    description:
      'Over the API, on the pages, on the queues’ board and at the command line. Records are never changed, and deleted only when they are old.',
    query: adminAuditQuery,
    answer: {
      status: 200,
      description: 'A page of records.',
      json: {
        schema: pageOf('AuditRecordsPage', AuditRecord),
        example: { data: [example], page: { nextCursor: null } },
      },
    },
    problems: { 401: ['bad_credential'] },
  },
];
