import type { Sql } from '../../db/connect.ts';
import type { Model } from './life-model.ts';

/** Everything that the model knows, by names: once from the model, once from the database. */
export interface Picture {
  requests: Record<string, unknown>;
  matches: Record<string, unknown>;
  mails: Record<string, string>;
  jobs: Record<string, number>;
  leads: Record<string, number>;
}

export function pictureOfModel(model: Model): Picture {
  return {
    requests: Object.fromEntries(
      model.requests.map(({ name, status, window, chosen, replacements }) => [
        name,
        { status, window, replacements, chosen: chosen && `${name}/${chosen}` },
      ]),
    ),
    matches: Object.fromEntries(
      model.requests.flatMap(({ name, matches }) =>
        matches.map(({ partner, drawn, stands, reason, answered, refilled, version }) => [
          `${name}/${partner}`,
          { drawn, stands, reason, answered, refilled, version },
        ]),
      ),
    ),
    mails: Object.fromEntries(model.mails),
    jobs: Object.fromEntries(model.jobs),
    leads: Object.fromEntries(model.partners.map(({ name }) => [name, model.leads(name)])),
  };
}

interface Rows {
  requests: { id: string; status: string; window: number; chosen: string | null; replacements: number }[];
  matches: ({ id: string; request: string; partner: string } & Record<string, unknown>)[];
  mails: { key: string; status: string }[];
  jobs: { id: string; job: string; due: boolean }[];
  leads: { id: string; leads: number }[];
}

const list = (fields: string, from: string) =>
  `(select coalesce(jsonb_agg(jsonb_build_object(${fields})), '[]') from ${from})`;

const QUERY = `select ${list(`'id', id, 'status', status, 'window', window_no, 'chosen', chosen_match_id, 'replacements', replacements`, 'requests')} as requests,
  ${list(
    `'id', m.id, 'request', m.request_id, 'partner', m.partner_id, 'drawn', m.draw_no is not null, 'reason', d.lost_reason,
     'stands', coalesce(d.kind, case when m.dropped_at is null then 'unopened' else 'dropped' end),
     'answered', d.answered_at is not null, 'refilled', m.refilled_at is not null, 'version', coalesce(d.version, 0)`,
    'matches m left join deals d on d.id = m.id',
  )} as matches,
  ${list(`'key', concat_ws(' ', request_id, purpose, window_no, coalesce(partner_id::text, 'client')), 'status', status`, 'emails')} as mails,
  ${list(
    `'id', o.id, 'due', run_at <= now(), 'job', job || ' ' || case job when 'send-email' then
       (select concat_ws(' ', request_id, purpose, window_no, coalesce(partner_id::text, 'client')) from emails e where e.id::text = payload ->> 'emailId')
     when 'recompute-ranks' then payload -> 'partnerIds' ->> 0
     else concat_ws(' ', coalesce(payload ->> 'requestId', payload ->> 'matchId', payload ->> 'dealId'), payload ->> 'windowNo') end`,
    'outbox o',
  )} as jobs,
  ${list(`'id', id, 'leads', live_leads`, 'partners')} as leads`;

/** What the database holds, and its outbox by names, in order of promise. */
export async function pictureOfDatabase(
  sql: Sql,
  names: Map<string, string>,
): Promise<{ picture: Picture; outbox: { id: string; job: string; due: boolean }[] }> {
  const [rows] = await sql.query<Rows>(QUERY);
  if (!rows) throw new Error('no picture');
  const all = new Map(names);
  const name = (text: string) =>
    text.replace(/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g, (id) => all.get(id) ?? id);
  for (const { id, request, partner } of rows.matches) all.set(id, `${name(request)}/${name(partner)}`);
  const outbox = rows.jobs
    .map(({ id, job, due }) => ({ id, job: name(job), due }))
    .sort((a, b) => (a.id < b.id ? -1 : 1));
  const jobs: Record<string, number> = {};
  for (const { job } of outbox) jobs[job] = (jobs[job] ?? 0) + 1;
  const picture = {
    requests: Object.fromEntries(
      rows.requests.map(({ id, chosen, ...rest }) => [name(id), { ...rest, chosen: chosen && name(chosen) }]),
    ),
    matches: Object.fromEntries(
      rows.matches.map(({ id, request: _request, partner: _partner, ...rest }) => [name(id), rest]),
    ),
    mails: Object.fromEntries(rows.mails.map(({ key, status }) => [name(key), status])),
    jobs,
    leads: Object.fromEntries(rows.leads.map(({ id, leads }) => [name(id), leads])),
  };
  return { picture, outbox };
}
