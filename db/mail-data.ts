import type { Locale } from '../domain/catalog.ts';
import type { Reason } from '../domain/reasons.ts';
import type { Sql } from './connect.ts';
import type { Template } from './emails.ts';

/** All that the mails speak of. `partner` is who it goes to (a partner, or an administrator who signs in); null: the client. */
export interface MailData {
  id: string;
  template: Template;
  request: {
    id: string;
    mode: 'automated' | 'manual';
    title: string;
    description: string;
    services: string[];
    budget: { amount: string; currency: string } | null;
    deadline: string | null;
    /** Its client was erased: nothing of it is known any more. */
    erased: boolean;
  };
  client: { name: string; email: string; phone: string | null; company: string | null; locale: Locale };
  partner: { id: string; name: string; email: string; locale: Locale } | null;
  /** The request's matches, in the order they were made. */
  matches: {
    id: string;
    name: string;
    title: string;
    reasons: Reason[];
    live: boolean;
    lostReason: string | null;
  }[];
  /** The one that this mail is about. */
  matchId: string | null;
  pipeline: string | null;
}

/** What the mails need, read in one go. */
export function mailData(sql: Sql, emailIds: string[]): Promise<MailData[]> {
  return sql.query<MailData>(
    `select e.id, e.template, e.match_id as "matchId", l.name as pipeline,
       jsonb_build_object('id', r.id, 'mode', r.mode, 'title', r.title, 'description', r.description,
         'services', r.services, 'deadline', r.deadline, 'erased', r.erased_at is not null,
         'budget', case when r.budget_amount is not null then
           jsonb_build_object('amount', r.budget_amount::text, 'currency', r.budget_currency) end) as request,
       jsonb_build_object('name', r.client_name, 'email', r.client_email, 'phone', r.client_phone,
         'company', r.client_company, 'locale', r.locale) as client,
       case when p.id is not null then
           jsonb_build_object('id', p.id, 'name', p.name, 'email', p.email, 'locale', p.locale)
         when a.id is not null then
           jsonb_build_object('id', a.id, 'name', a.name, 'email', a.email, 'locale', a.locale) end as partner,
       coalesce((select jsonb_agg(jsonb_build_object('id', m.id, 'name', q.name, 'title', q.title,
           'reasons', m.reasons, 'lostReason', f.lost_reason,
           'live', m.dropped_at is null and coalesce(f.kind, 'new') in ('new', 'in_progress')) order by m.id)
         from matches m join partners q on q.id = m.partner_id left join deals f on f.id = m.id
         where m.request_id = r.id), '[]') as matches
     from emails e left join requests r on r.id = e.request_id
     left join partners p on p.id = e.partner_id left join admins a on a.id = e.admin_id
     left join deals d on d.id = e.match_id left join pipelines l on l.id = d.pipeline_id
     where e.id = any ($1::uuid[])`,
    [emailIds],
  );
}
