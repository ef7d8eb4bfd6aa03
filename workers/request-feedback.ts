import { wonDeals } from '../db/deals.ts';
import { promiseMails } from '../jobs/promise-mails.ts';
import { requestFeedback } from '../jobs/request-feedback.ts';
import { transactional } from './transactional.ts';

/** Feedback is asked for once per deal for ever: its mail belongs to no window. */
const NO_WINDOW = 0;

/** Invites the clients of deals that are still won to review them. */
export const requestFeedbackHandler = transactional(
  requestFeedback,
  async (tx, jobs) => {
    const won = await wonDeals(
      tx,
      jobs.map((job) => job.payload.dealId),
    );
    await promiseMails(
      tx,
      won.map(({ id, requestId }) => ({
        template: 'feedback-request',
        purpose: `feedback-request/${id}`,
        requestId,
        partnerId: null,
        matchId: id,
        windowNo: NO_WINDOW,
      })),
    );
  },
  { plannedOnce: true },
);
