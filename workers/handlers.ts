import { createDealHandler } from './create-deal.ts';
import { expireHandler } from './expire.ts';
import { followUpHandler } from './follow-up.ts';
import type { Handler } from './handler.ts';
import { matchRequestHandler } from './match-request.ts';
import { recomputeRanksHandler } from './recompute-ranks.ts';
import { requestFeedbackHandler } from './request-feedback.ts';
import { sendEmailHandler } from './send-email.ts';

/** How every job is done. */
export const HANDLERS: Handler[] = [
  matchRequestHandler,
  createDealHandler,
  followUpHandler,
  sendEmailHandler,
  requestFeedbackHandler,
  recomputeRanksHandler,
  expireHandler,
];
