import type { Client } from './clients.ts';
import { seedId } from './ids.ts';
import type { SeedPartner } from './partner.ts';
import type { Random } from './random.ts';
import type { RequestRow } from './rows.ts';
import type { Ending } from './timeline.ts';

const DAY = 86_400_000;
const ANSWER_WINDOW = 3 * DAY;

const STATUS = { won: 'completed', lost: 'cancelled', in_progress: 'answered' } as const;

/** Budgets are drawn in steps of this much, 6 to 120 steps, in the client's currency. */
const BUDGET_STEP: Record<string, number> = { BRL: 250, MXN: 900, COP: 200_000, PLN: 200 };
const USUAL_STEP = 50;

/** A manual request of the past, created at this instant (milliseconds), as seen now. */
export function requestRow(
  partner: SeedPartner,
  client: Client,
  ending: Ending,
  created: number,
  now: number,
  random: Random,
): RequestRow {
  const { currency } = client.place;
  const step = BUDGET_STEP[currency] ?? USUAL_STEP;
  const budget = random.chance(0.55) ? step * (6 + Math.round(114 * random.next() ** 2)) : null;
  const deadline = random.chance(0.2) ? created + random.int(75, 150) * DAY : null;
  const createdAt = new Date(created).toISOString();
  return {
    id: seedId(created, random),
    mode: 'manual',
    status: STATUS[ending],
    client_name: client.name,
    client_email: client.email,
    client_phone: client.phone,
    client_company: client.company,
    locale: client.locale,
    ...client.project,
    budget_amount: budget,
    budget_currency: budget === null ? null : currency,
    deadline: deadline === null ? null : new Date(deadline).toISOString().slice(0, 10),
    services: [client.service],
    partner_id: partner.id,
    window_no: 1,
    answer_due_at: new Date(created + ANSWER_WINDOW).toISOString(),
    consented_at: createdAt,
    active_at: new Date(now).toISOString(),
    email_verified_at: null,
    created_at: createdAt,
  };
}
