import { uuidv7 } from 'uuidv7';
import { insertDealEvents } from '../db/deal-events.ts';
import { insertDeals, lockUnopened, type UnopenedMatch } from '../db/deals.ts';
import { insertPipelines, type LeadsPlace, leadsPlaces, lockPartners } from '../db/pipelines.ts';
import { createDeal } from '../jobs/create-deal.ts';
import { promiseMails } from '../jobs/promise-mails.ts';
import type { Tx } from '../jobs/transaction.ts';
import { translator } from '../locales/translator.ts';
import { transactional } from './transactional.ts';

/** Opens each match as a deal where the partner's leads go, and lets the partner know. */
export const createDealHandler = transactional(
  createDeal,
  async (tx, jobs, { settings }) => {
    const unopened = await lockUnopened(
      tx,
      jobs.map((job) => job.payload.matchId),
    );
    const live = unopened.filter(
      (match) => match.requestStatus !== 'completed' && match.requestStatus !== 'cancelled',
    );
    if (live.length === 0) return;

    const places = await ensurePlaces(tx, live, settings.leadsPipelineName);
    const openings = live.flatMap((match) => {
      const place = places.get(match.partnerId);
      return place ? [{ ...match, ...place, matchId: match.id }] : [];
    });
    await insertDeals(tx, openings);
    await insertDealEvents(
      tx,
      live.map(({ id }) => ({ dealId: id, actor: 'system', event: 'opened', data: {} })),
    );
    await promiseMails(
      tx,
      live
        .filter(({ notify }) => notify)
        .map(({ id, requestId, partnerId, windowNo }) => ({
          template: 'lead-new',
          requestId,
          partnerId,
          matchId: id,
          windowNo,
        })),
    );
  },
  { plannedOnce: true },
);

/** Where each partner's leads go; a partner without a pipeline gets one, once, under its row's lock. */
async function ensurePlaces(
  tx: Tx,
  matches: UnopenedMatch[],
  name: string,
): Promise<Map<string, LeadsPlace>> {
  const localeOf = new Map(matches.map((match) => [match.partnerId, match.partnerLocale]));
  const find = async () =>
    (await leadsPlaces(tx, [...localeOf.keys()])).map((place) => [place.partnerId, place] as const);
  const places = new Map(await find());
  const without = [...localeOf.keys()].filter((id) => !places.has(id));
  if (without.length === 0) return places;

  await lockPartners(tx, without);
  const meanwhile = new Map(await find());
  const needy = without.filter((id) => !meanwhile.has(id));
  await insertPipelines(
    tx,
    needy.map((partnerId) => ({
      id: uuidv7(),
      partnerId,
      name,
      stages: firstStages(localeOf.get(partnerId) ?? 'en'),
    })),
  );
  return new Map(await find());
}

/** The stages of a new pipeline, named in its partner's language. */
function firstStages(locale: 'en' | 'pt-BR') {
  const t = translator(locale);
  const kinds = ['new', 'in_progress', 'won', 'lost'] as const;
  return kinds.map((kind) => ({ id: uuidv7(), kind, name: t(`stage.${kind}`) }));
}
