import type { DealKind, LostReason } from '../domain/deal-life.ts';
import type { Sql } from './connect.ts';

/** What decides over a deal. */
export interface LockedDeal {
  id: string;
  requestId: string;
  partnerId: string;
  pipelineId: string;
  stageId: string;
  kind: DealKind;
  version: number;
  lostReason: string | null;
  refilled: boolean;
}

/** The request of a partner's deal: it is locked before the deal is. */
export async function requestOfDeal(
  sql: Sql,
  partnerId: string,
  dealId: string,
): Promise<string | undefined> {
  const [deal] = await sql.query<{ requestId: string }>(
    'select request_id as "requestId" from deals where id = $1 and partner_id = $2',
    [dealId, partnerId],
  );
  return deal?.requestId;
}

export async function lockDeal(sql: Sql, dealId: string): Promise<LockedDeal | undefined> {
  const [deal] = await sql.query<LockedDeal>(
    `select d.id, d.request_id as "requestId", d.partner_id as "partnerId", d.pipeline_id as "pipelineId",
       d.stage_id as "stageId", d.kind, d.version, d.lost_reason as "lostReason",
       m.refilled_at is not null as refilled
     from deals d join matches m on m.id = d.id where d.id = $1 for update of d`,
    [dealId],
  );
  return deal;
}

export interface Stage {
  id: string;
  pipelineId: string;
  name: string;
  kind: DealKind;
}

const STAGE = 's.id, s.pipeline_id as "pipelineId", s.name, s.kind from stages s';

/** The first stage of a kind in a pipeline; it cannot be deleted before the transaction ends. */
export async function firstStage(sql: Sql, pipelineId: string, kind: DealKind): Promise<Stage | undefined> {
  const [stage] = await sql.query<Stage>(
    `select ${STAGE} where s.pipeline_id = $1 and s.kind = $2 order by s.position limit 1 for key share of s`,
    [pipelineId, kind],
  );
  return stage;
}

/** A stage of a partner's own; it cannot be deleted before the transaction ends. */
export async function ownStage(sql: Sql, partnerId: string, stageId: string): Promise<Stage | undefined> {
  const [stage] = await sql.query<Stage>(
    `select ${STAGE} join pipelines l on l.id = s.pipeline_id where s.id = $1 and l.partner_id = $2 for key share of s`,
    [stageId, partnerId],
  );
  return stage;
}

/** Puts a locked deal into a stage. `answered`: whoever moved it has answered by this. */
export async function putDeal(
  sql: Sql,
  dealId: string,
  stage: Stage,
  { lostReason, answered }: { lostReason: LostReason | null; answered: boolean },
): Promise<void> {
  await sql.query(
    `update deals set pipeline_id = $2, stage_id = $3, kind = $4, lost_reason = $5, version = version + 1,
       moved_at = now(), answered_at = case when $6 then coalesce(answered_at, now()) else answered_at end
     where id = $1`,
    [dealId, stage.pipelineId, stage.id, stage.kind, lostReason, answered],
  );
}

/** A live match that was closed now; `opened`: as a deal, so its partner knows of it. */
export interface Closed {
  id: string;
  partnerId: string;
  opened: boolean;
  /** The partner wants a mail about it. */
  notify: boolean;
}

/** Closes the live matches of a request but one, each in its pipeline's first lost stage. */
export async function closeLiveMatches(
  sql: Sql,
  requestId: string,
  but: string | null,
  reason: LostReason,
): Promise<Closed[]> {
  const deals = await sql.query<Closed>(
    `with closing as (
       select d.id, (select s.id from stages s where s.pipeline_id = d.pipeline_id and s.kind = 'lost'
         order by s.position limit 1) as stage_id, p.notify_lead_closed as notify
       from deals d join partners p on p.id = d.partner_id where d.request_id = $1 and d.id is distinct from $2 and d.kind in ('new', 'in_progress')
       order by d.id for update of d)
     update deals d set stage_id = closing.stage_id, kind = 'lost', lost_reason = $3, version = version + 1,
       moved_at = now()
     from closing where d.id = closing.id returning d.id, d.partner_id as "partnerId", true as opened, closing.notify`,
    [requestId, but, reason],
  );
  const dropped = await sql.query<Closed>(
    `update matches m set dropped_at = now()
     where request_id = $1 and id is distinct from $2 and dropped_at is null
       and not exists (select from deals d where d.id = m.id)
     returning id, partner_id as "partnerId", false as opened, false as notify`,
    [requestId, but],
  );
  return [...deals, ...dropped];
}

/** Notes that other partners were asked in these refused matches' places, and counts them. */
export async function markRefilled(sql: Sql, requestId: string, matchIds: string[]): Promise<void> {
  await sql.query('update matches set refilled_at = now() where id = any ($1::uuid[])', [matchIds]);
  await sql.query('update requests set replacements = replacements + $2 where id = $1', [
    requestId,
    matchIds.length,
  ]);
}

/** How many matches of a request are live, and which were refused and have not been refilled, oldest first. */
export async function matchBalance(
  sql: Sql,
  requestId: string,
): Promise<{ live: number; refused: string[] }> {
  const [balance] = await sql.query<{ live: number; refused: string[] }>(
    `select count(*) filter (where m.dropped_at is null and coalesce(d.kind, 'new') in ('new', 'in_progress'))::int as live,
       coalesce(array_agg(m.id order by d.moved_at) filter (where d.kind = 'lost' and d.answered_at is null
         and m.refilled_at is null and d.lost_reason not in ('client_chose_another', 'client_cancelled', 'expired')),
         '{}') as refused
     from matches m left join deals d on d.id = m.id where m.request_id = $1`,
    [requestId],
  );
  return balance ?? { live: 0, refused: [] };
}
