import { createDealHandler } from './create-deal.ts';
import { expireHandler } from './expire.ts';
import type { Handler } from './handler.ts';
import { matchRequestHandler } from './match-request.ts';
import { recomputeRanksHandler } from './recompute-ranks.ts';
import { sendEmailHandler } from './send-email.ts';

/** How every job is done. */
export const HANDLERS: Handler[] = [
  matchRequestHandler,
  createDealHandler,
  sendEmailHandler,
  recomputeRanksHandler,
  expireHandler,
];
