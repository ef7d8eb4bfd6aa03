import { uuidv7 } from 'uuidv7';
import { insertDealEvents } from '../../db/deal-events.ts';
import { insertDeals, lockUnopened } from '../../db/deals.ts';
import { pastOf } from '../../db/matches.ts';
import { leadsPlaces } from '../../db/pipelines.ts';
import { lockRequests } from '../../db/requests.ts';
import { PARTNERS_PER_REQUEST } from '../../domain/matching.ts';
import { createDeal } from '../../jobs/create-deal.ts';
import { matchRequest } from '../../jobs/match-request.ts';
import { promiseMails } from '../../jobs/promise-mails.ts';
import { sendEmail } from '../../jobs/send-email.ts';
import type { Tx } from '../../jobs/transaction.ts';
import { drawAll, lookAgain } from '../../workers/matching/routes.ts';
import { writeRoutes } from '../../workers/matching/write-routes.ts';
import { type MailFlow, mailFlow } from './mails.ts';
import type { PeerHandler } from './peer.ts';

/** A transaction whose promises are the peer's jobs. */
export type Transaction = <T>(work: (tx: Tx) => Promise<T>) => Promise<T>;

export interface Flow extends MailFlow {
  transaction: Transaction;
  answerWindowMs: number;
}

/**
 * The same flow: the same statements and words as Terna's, as jobs of another queue. That queue delivers at least
 * once and ends a job in a commit of its own, so each handler looks whether its work is done already.
 */
export function peerHandlers(flow: Flow): Record<string, PeerHandler> {
  return {
    [matchRequest.name]: (payloads) => match(flow, texts(payloads, 'requestId')),
    [createDeal.name]: (payloads) => open(flow, texts(payloads, 'matchId')),
    [sendEmail.name]: (payloads) => mailFlow(flow, texts(payloads, 'emailId')),
  };
}

const texts = (payloads: Record<string, unknown>[], name: string) =>
  payloads.map((payload) => String(payload[name]));

async function match({ transaction, answerWindowMs }: Flow, ids: string[]): Promise<void> {
  const again = await transaction(async (tx) => {
    const requests = (await lockRequests(tx, ids)).filter(({ status }) => status === 'received');
    if (requests.length === 0) return [];
    const wants = requests.map((request) => ({ request, count: PARTNERS_PER_REQUEST, refused: [], live: 0 }));
    const past = await pastOf(
      tx,
      requests.map(({ id }) => id),
    );
    const { routes, left } = await drawAll(tx, wants, past, 'balanced');
    await lookAgain(tx, routes, left);
    await writeRoutes(
      tx,
      routes.filter(({ request }) => !left.has(request.id)),
      answerWindowMs,
    );
    return [...left];
  });
  for (const id of again) await match({ transaction, answerWindowMs } as Flow, [id]);
}

async function open({ transaction }: Flow, matchIds: string[]): Promise<void> {
  await transaction(async (tx) => {
    const matches = await lockUnopened(tx, matchIds);
    if (matches.length === 0) return;
    const places = new Map(
      (
        await leadsPlaces(
          tx,
          matches.map(({ partnerId }) => partnerId),
        )
      ).map((place) => [place.partnerId, place]),
    );
    const openings = matches.flatMap((each) => {
      const place = places.get(each.partnerId);
      return place ? [{ ...each, ...place, matchId: each.id }] : [];
    });
    await insertDeals(tx, openings);
    await insertDealEvents(
      tx,
      matches.map(({ id }) => ({ dealId: id, actor: 'system', event: 'opened', data: {}, id: uuidv7() })),
    );
    await promiseMails(
      tx,
      matches.map(({ id, requestId, partnerId, windowNo }) => ({
        template: 'lead-new',
        requestId,
        partnerId,
        matchId: id,
        windowNo,
      })),
    );
  });
}
