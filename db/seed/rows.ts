import type { Locale, Service } from '../../domain/catalog.ts';

/** Rows as they go into the tables: keys are columns, instants RFC 3339; absent columns keep their default. */
export interface PipelineRow {
  id: string;
  partner_id: string;
  name: string;
  position: number;
  created_at: string;
}

export type StageKind = 'new' | 'in_progress' | 'won' | 'lost';

export interface StageRow {
  id: string;
  pipeline_id: string;
  name: string;
  kind: StageKind;
  position: number;
}

export interface RequestRow {
  id: string;
  mode: 'manual';
  status: 'completed' | 'cancelled' | 'answered';
  client_name: string;
  client_email: string;
  client_phone: string | null;
  client_company: string | null;
  locale: Locale;
  title: string;
  description: string;
  budget_amount: number | null;
  budget_currency: string | null;
  deadline: string | null;
  services: Service[];
  partner_id: string;
  window_no: number;
  answer_due_at: string;
  consented_at: string;
  /** Invented people need not be forgotten: their time begins with the seed, however old their stories are. */
  active_at: string;
  email_verified_at: string | null;
  created_at: string;
}

export interface MatchRow {
  id: string;
  request_id: string;
  partner_id: string;
  draw_no: null;
  reasons: [];
  created_at: string;
}

export interface DealRow {
  id: string;
  request_id: string;
  partner_id: string;
  pipeline_id: string;
  stage_id: string;
  kind: StageKind;
  version: number;
  lost_reason: 'client_cancelled' | null;
  answered_at: string | null;
  moved_at: string;
  created_at: string;
}

export interface DisclosureRow {
  match_id: string;
  request_id: string;
  partner_id: string;
  what: ('name' | 'email' | 'phone' | 'company' | 'project')[];
  at: string;
}

export interface ReviewRow {
  id: string;
  deal_id: string;
  partner_id: string;
  rating: number;
  comment: string;
  author: string;
  reply: string | null;
  replied_at: string | null;
  created_at: string;
}
