import { uuidv7 } from 'uuidv7';
import type { Sql } from './connect.ts';

/** One thing that happened to a deal. `data` says from where to where, or why, or what was noted. */
export interface DealEvent {
  actor: 'client' | 'partner' | 'system';
  event: 'opened' | 'moved' | 'reopened' | 'chosen' | 'closed' | 'note' | 'reviewed';
  data: Record<string, string | number | null>;
}

export interface TimelineEntry extends DealEvent {
  id: string;
  at: Date;
}

/** Writes down what happened. What has an id that is there already is not written again. */
export async function insertDealEvents(
  sql: Sql,
  events: (DealEvent & { dealId: string; id?: string })[],
): Promise<void> {
  if (events.length === 0) return;
  await sql.query(
    `insert into deal_events (id, deal_id, actor, event, data)
     select * from unnest($1::uuid[], $2::uuid[], $3::text[], $4::text[], $5::jsonb[])
     on conflict (id) do nothing`,
    [
      events.map(({ id }) => id ?? uuidv7()),
      events.map((event) => event.dealId),
      events.map((event) => event.actor),
      events.map((event) => event.event),
      events.map((event) => JSON.stringify(event.data)),
    ],
  );
}

/** Everything that happened to a deal, oldest first: a note's id is as old as the form that it was written in. */
export function timelineOf(sql: Sql, dealId: string): Promise<TimelineEntry[]> {
  return sql.query<TimelineEntry>(
    'select id, actor, event, data, created_at as at from deal_events where deal_id = $1 order by created_at, id',
    [dealId],
  );
}
