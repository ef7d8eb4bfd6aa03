import { call, nothingTold, type Told } from '../clients.ts';
import { pause } from '../pause.ts';
import type { System } from '../system.ts';

/** Clients that send requests at an even rate, whatever comes back. */
export interface Steady {
  told: Told;
  /** Calls that got no answer, or one that says the program cannot. */
  failed: { at: number; why: string }[];
  stop(): Promise<void>;
}

/** @param perSecond requests a second, evenly spread */
export function startSteady(system: System, perSecond: number): Steady {
  const told = nothingTold();
  const failed: Steady['failed'] = [];
  const onTheWay = new Set<Promise<void>>();
  let running = true;
  let no = 0;

  async function send(): Promise<void> {
    const at = Date.now();
    const answer = await call(system, told, '/api/v1/requests', {
      json: {
        client: { name: 'Client', email: `steady-${no++}@load.example`, locale: 'en' },
        project: { title: 'Project', description: 'A shop that needs a CRM.' },
        criteria: { services: ['crm-setup'] },
        consent: true,
      },
    });
    if (answer?.status === 202) told.accepted.set((answer.body as { id: string }).id, '');
    else failed.push({ at, why: answer ? String(answer.status) : 'no answer' });
  }

  const pacing = (async () => {
    const began = Date.now();
    for (let sent = 0; running; sent++) {
      const wait = began + (sent * 1_000) / perSecond - Date.now();
      if (wait > 0) await pause(wait);
      const sending = send();
      onTheWay.add(sending);
      void sending.finally(() => onTheWay.delete(sending));
    }
  })();

  return {
    told,
    failed,
    async stop() {
      running = false;
      await pacing;
      await Promise.all(onTheWay);
    },
  };
}

/** Waits until what came in before is done. */
export async function drained({ postgres }: System): Promise<void> {
  const due = `select count(*)::int as n from outbox where failed_at is null and run_at <= now()`;
  while (((await postgres.ask<{ n: number }>(due))[0]?.n ?? 0) > 20) await pause(250);
}

/** How long requests waited for their draw, by the time of their intake, ms since `since`, oldest first. */
export function pickups(system: System, since: number): Promise<{ at: number; ms: number }[]> {
  return system.postgres.ask<{ at: number; ms: number }>(
    `select extract(epoch from r.created_at)::float8 * 1000 as at,
       extract(epoch from coalesce(d.created_at, clock_timestamp()) - r.created_at)::float8 * 1000 as ms
     from requests r left join draws d on d.request_id = r.id and d.no = 1
     where r.created_at >= to_timestamp($1::float8 / 1000) order by r.created_at`,
    [since],
  );
}

/** Requests routed in full (three deals, four mails sent) a second, by the second of their last mail. */
export async function routedPerSecond(system: System, from: number, to: number): Promise<number> {
  const [row] = await system.postgres.ask<{ n: number }>(
    `select count(*)::int as n from (
       select max(sent_at) as at from emails where sent_at is not null and template in ('request-routed', 'lead-new')
       group by request_id having count(*) >= 4) as routed
     where at >= to_timestamp($1::float8 / 1000) and at < to_timestamp($2::float8 / 1000)`,
    [from, to],
  );
  return ((row?.n ?? 0) * 1_000) / (to - from);
}

export function median(values: number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}

export function percentile(values: number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.ceil(sorted.length * share) - 1)] ?? Number.NaN;
}
