import { z } from 'zod';
import { sessionBody, signInBody } from '../schemas-sessions.ts';
import type { Operation } from './operation.ts';
import { named, shape } from './parts.ts';

const Promised = shape('SignInPromised', { status: z.literal('accepted') });

const Session = shape('Session', {
  token: z.string().meta({ description: 'Send it as bearer. Given now and not again.' }),
  role: z.enum(['partner', 'admin']),
  expiresAt: z.iso.datetime().meta({ description: 'In UTC. Three days without use end it earlier.' }),
});

/** Signing in by a mailed link, and out again. */
export const sessionOperations: Operation[] = [
  {
    id: 'askToSignIn',
    method: 'post',
    path: '/api/v1/sign-in',
    tag: 'Sessions',
    summary: 'Have a sign-in link mailed',
    description: 'The answer is the same whether anybody has this address or not.',
    body: { schema: named('SignIn', signInBody), example: { email: 'hello@studio-ipe.example.com' } },
    answer: {
      status: 202,
      description: 'Who has this address gets a link.',
      json: { schema: Promised, example: { status: 'accepted' } },
    },
  },
  {
    id: 'startSession',
    method: 'post',
    path: '/api/v1/sessions',
    tag: 'Sessions',
    summary: 'Sign in with the link’s token, which is used up',
    body: {
      schema: named('NewSession', sessionBody),
      example: { token: 'q7-EXAMPLE-last-part-of-the-link-in-the-mail' },
    },
    answer: {
      status: 201,
      description: 'The session.',
      json: {
        schema: Session,
        example: {
          token: 'pX-EXAMPLE-token-of-the-session-that-began-now',
          role: 'partner',
          expiresAt: '2027-01-18T10:15:00.000Z',
        },
      },
    },
    problems: { 401: ['bad_token'] },
  },
  {
    id: 'endSession',
    method: 'delete',
    path: '/api/v1/sessions',
    tag: 'Sessions',
    summary: 'Sign out',
    credential: 'session',
    answer: { status: 204, description: 'This session is over.' },
  },
];
