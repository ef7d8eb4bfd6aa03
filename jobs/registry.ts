import type { Job } from './contract.ts';
import { createDeal } from './create-deal.ts';
import { expire } from './expire.ts';
import { followUp } from './follow-up.ts';
import { matchRequest } from './match-request.ts';
import { recomputeRanks } from './recompute-ranks.ts';
import { requestFeedback } from './request-feedback.ts';
import { sendEmail } from './send-email.ts';

/** Every job there is, each with a queue of its own, in the order of a request's life. */
export const JOBS: Job[] = [
  matchRequest,
  createDeal,
  followUp,
  sendEmail,
  requestFeedback,
  recomputeRanks,
  expire,
];
