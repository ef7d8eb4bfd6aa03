import { silentPartners } from '../db/deals.ts';
import { lockRequests, timeLeft } from '../db/requests.ts';
import { followUp } from '../jobs/follow-up.ts';
import { promiseMails } from '../jobs/promise-mails.ts';
import { invite } from '../life/invite.ts';
import { transactional } from './transactional.ts';

/**
 * Looks after requests that nobody has answered: nudges the silent partners at one and two thirds of the
 * window, and at its end invites the client to choose another partner. Answered, chosen and cancelled
 * requests, and those whose window started anew, need it no more.
 */
export const followUpHandler = transactional(
  followUp,
  async (tx, jobs, { settings }) => {
    const requests = await lockRequests(
      tx,
      jobs.map((job) => job.payload.requestId),
    );
    const left = await timeLeft(
      tx,
      requests.map(({ id }) => id),
    );
    const third = settings.answerWindowMs / 3;

    for (const { payload } of jobs) {
      const request = requests.find(({ id }) => id === payload.requestId);
      if (request?.status !== 'routed' || request.windowNo !== payload.windowNo) continue;
      const leftMs = left.get(request.id) ?? 0;
      if (leftMs <= 0) {
        await invite(tx, request);
        continue;
      }
      const nudgeNo = leftMs > third ? 1 : 2;
      const silent = await silentPartners(tx, request.id);
      await promiseMails(
        tx,
        silent.map(({ id, partnerId }) => ({
          template: 'lead-nudge',
          purpose: `lead-nudge-${nudgeNo}`,
          requestId: request.id,
          partnerId,
          matchId: id,
          windowNo: request.windowNo,
        })),
      );
      tx.enqueue(followUp, payload, { delayMs: leftMs > third ? leftMs - third : leftMs });
    }
  },
  { plannedOnce: true },
);
