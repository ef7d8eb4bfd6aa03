import { z } from 'zod';
import type { Operation } from './operation.ts';
import { shape } from './parts.ts';

const Alive = shape('Alive', { status: z.literal('alive') });

const Ready = shape('Readiness', {
  status: z.enum(['ready', 'not ready']),
  checks: shape('Checks', {
    database: z.enum(['ok', 'away']),
    queues: z.enum(['ok', 'away']),
    workers: z
      .enum(['ok', 'silent'])
      .optional()
      .meta({ description: 'Only where workers run in the same process.' }),
    catalogReplica: z
      .enum(['ok', 'away'])
      .optional()
      .meta({ description: 'Only where there is one. While it is away the api stays ready.' }),
  }),
});

/** For whoever restarts and balances. */
export const healthOperations: Operation[] = [
  {
    id: 'getLiveness',
    method: 'get',
    path: '/livez',
    tag: 'Health',
    summary: 'Is the process alive?',
    answer: {
      status: 200,
      description: 'It is.',
      json: { schema: Alive, example: { status: 'alive' } },
    },
    bare: true,
  },
  {
    id: 'getReadiness',
    method: 'get',
    path: '/readyz',
    tag: 'Health',
    summary: 'Can it do its work just now?',
    answer: {
      status: 200,
      description: 'It can.',
      json: { schema: Ready, example: { status: 'ready', checks: { database: 'ok', queues: 'ok' } } },
    },
    others: [
      {
        status: 503,
        description: 'It cannot.',
        json: {
          schema: Ready,
          example: { status: 'not ready', checks: { database: 'away', queues: 'ok' } },
        },
      },
    ],
    bare: true,
  },
];
