import { z } from 'zod';
import { shape } from './parts.ts';

const FieldError = shape('FieldError', {
  pointer: z
    .string()
    .meta({ description: 'Where: a JSON pointer into the body, or `/name` of a parameter.' }),
  code: z.string().meta({ description: 'What, for machines.' }),
  detail: z.string().meta({ description: 'What, for people.' }),
});

/** Whatever is not what was asked for, as RFC 9457 has it. */
export const Problem = shape('Problem', {
  type: z.literal('about:blank'),
  title: z.string().meta({ description: 'The status in words.' }),
  status: z.int().min(400).max(599),
  code: z.string().meta({ description: 'What went wrong, for machines.' }),
  detail: z.string().meta({ description: 'What went wrong, for people.' }),
  errors: z.array(FieldError).optional().meta({ description: 'Every field that is wrong.' }),
});

const TITLES: Record<number, string> = {
  400: 'Bad request',
  401: 'Not authenticated',
  403: 'Not allowed',
  404: 'Not found',
  409: 'Conflict',
  412: 'Precondition failed',
  413: 'Too large',
  415: 'Unsupported media type',
  422: 'Not valid',
  429: 'Too many requests',
  500: 'Internal error',
  503: 'Not available',
};

const DETAILS: Record<string, string> = {
  bad_request: 'The request is malformed.',
  malformed_json: 'The body is not well-formed JSON.',
  no_credential: 'Send a token or key as "Authorization: Bearer ...".',
  read_only_key: 'This API key only reads. Use one that may write.',
  bad_token: 'This link was used already, or is too old. Ask for a new one.',
  not_found: 'There is nothing here, or it is not yours to see.',
  not_accepting: 'This partner takes no requests at the moment.',
  not_asked: 'This partner does not have the request.',
  not_invited: 'A request that is routed cannot be sent to another partner.',
  not_unmatched: 'Only a request that nobody matched can be changed.',
  not_possible: 'This cannot be done where it stands now.',
  already_reviewed: 'This project has been reviewed already.',
  already_replied: 'This review has been replied to already.',
  last_stage: 'A pipeline keeps at least one stage of the kind won.',
  too_many_pipelines: 'There can be 50 pipelines; remove one first.',
  pipeline_has_deals: 'Referrals holds 2 deals; say where they go.',
  slug_taken: 'There is a partner "studio-ipe" already; send another slug.',
  not_failed: 'This job has not failed for good: it is going to be done.',
  stale: 'The deal was moved meanwhile. Read it again.',
  too_large: 'The body may have at most 100000 bytes.',
  unsupported_media_type: 'Send the body as application/json.',
  invalid: 'Some fields are missing or wrong; see errors.',
  too_many_requests: 'Too many writes in a short time. Try again in 17 s.',
  internal: 'Something went wrong here; it is logged.',
  unavailable: 'The database does not answer just now. Try again in a moment.',
};

const UNKNOWN_FIELD = { pointer: '/colour', code: 'unknown_field', detail: 'This field is not known.' };
const BAD_CURSOR = {
  pointer: '/cursor',
  code: 'invalid_cursor',
  detail: 'Use the nextCursor of the page before.',
};

/**
 * A problem of this status and code as it may look.
 * @param paged whether the call takes a cursor
 * @throws Error for a code that nothing is said of here
 */
export function problemExample(status: number, code: string, paged: boolean): z.infer<typeof Problem> {
  const [title, detail] = [TITLES[status], DETAILS[code]];
  if (!title || !detail) throw new Error(`no words for a problem ${status} ${code}`);
  const errors = [paged ? BAD_CURSOR : UNKNOWN_FIELD];
  return { type: 'about:blank', title, status, code, detail, ...(code === 'invalid' && { errors }) };
}
