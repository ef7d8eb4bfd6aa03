import type { Client, UniqueMailbox } from './clients.ts';
import { client } from './clients.ts';
import { type Decks, decks } from './deck.ts';
import { type Habits, habits } from './habits.ts';
import { seedId } from './ids.ts';
import type { SeedPartner } from './partner.ts';
import { type Boards, boards } from './pipelines.ts';
import { type Random, random } from './random.ts';
import { requestRow } from './requests.ts';
import { comment, rating, reply } from './reviews.ts';
import type {
  DealRow,
  DisclosureRow,
  MatchRow,
  PipelineRow,
  RequestRow,
  ReviewRow,
  StageRow,
} from './rows.ts';
import { type Ending, repliedAt, reviewedAt, type Timeline, timeline } from './timeline.ts';

/** All that happened to one partner. */
export interface History {
  joinedAt: number;
  pipelines: PipelineRow[];
  stages: StageRow[];
  requests: RequestRow[];
  matches: MatchRow[];
  deals: DealRow[];
  disclosures: DisclosureRow[];
  reviews: ReviewRow[];
}

const DAY = 86_400_000;
/** The share of won deals whose clients review, where there was time to. */
const REVIEWED = 0.66;
const MOVES: Record<Ending, number> = { in_progress: 2, won: 3, lost: 3 };

/** The partner's past, the same one every time but for where `now` (milliseconds) puts it. */
export function history(partner: SeedPartner, uniqueMailbox: UniqueMailbox, now: number): History {
  const chance = random(`history ${partner.slug}`);
  const words = decks(chance);
  const ways = habits(partner, chance);
  const joinedAt = now - ways.joinedDays * DAY;
  const endings = endingsOf(ways);
  if (endings.length === 0) {
    return {
      joinedAt,
      pipelines: [],
      stages: [],
      requests: [],
      matches: [],
      deals: [],
      disclosures: [],
      reviews: [],
    };
  }

  const board = boards(partner, joinedAt, chance);
  const projects = endings.map((ending) => {
    const who = client(partner, uniqueMailbox, words, chance);
    const times = timeline(ending, ways, now, chance);
    const request = requestRow(partner, who, ending, times.created, now, chance);
    const match = matchRow(request, times.created, chance);
    const deal = dealRow(match, board, ending, times);
    const reviews =
      ending === 'won' ? reviewRows(deal, partner, who, ways, times.moved, now, words, chance) : [];
    // Who cancelled or wrote a review had a link from a mail.
    const verified = ending === 'lost' ? deal.moved_at : (reviews[0]?.created_at ?? null);
    return { request: { ...request, email_verified_at: verified }, match, deal, reviews };
  });
  return {
    joinedAt,
    pipelines: board.pipelines,
    stages: board.stages,
    requests: projects.map((project) => project.request),
    matches: projects.map((project) => project.match),
    deals: projects.map((project) => project.deal),
    disclosures: projects.map(({ request, deal }) => disclosureRow(request, deal)),
    reviews: projects.flatMap((project) => project.reviews),
  };
}

function endingsOf({ won, lost, inProgress }: Habits): Ending[] {
  const times = (ending: Ending, count: number) => Array<Ending>(count).fill(ending);
  return [...times('won', won), ...times('lost', lost), ...times('in_progress', inProgress)];
}

function matchRow(request: RequestRow, created: number, random: Random): MatchRow {
  return {
    id: seedId(created, random),
    request_id: request.id,
    partner_id: request.partner_id,
    draw_no: null,
    reasons: [],
    created_at: request.created_at,
  };
}

function dealRow(match: MatchRow, board: Boards, ending: Ending, times: Timeline): DealRow {
  return {
    id: match.id,
    request_id: match.request_id,
    partner_id: match.partner_id,
    pipeline_id: board.first.id,
    stage_id: board.stageOf[ending],
    kind: ending,
    version: times.answered === null ? 2 : MOVES[ending],
    lost_reason: ending === 'lost' ? 'client_cancelled' : null,
    answered_at: times.answered === null ? null : iso(times.answered),
    moved_at: iso(times.moved),
    created_at: match.created_at,
  };
}

/** What the partner got to see when the deal was opened. */
function disclosureRow(request: RequestRow, deal: DealRow): DisclosureRow {
  const phone = request.client_phone === null ? [] : (['phone'] as const);
  const company = request.client_company === null ? [] : (['company'] as const);
  return {
    match_id: deal.id,
    request_id: request.id,
    partner_id: deal.partner_id,
    what: ['name', 'email', ...phone, ...company, 'project'],
    at: deal.created_at,
  };
}

/** One review or none: not every client writes, and some have not had the time yet. */
function reviewRows(
  deal: DealRow,
  partner: SeedPartner,
  who: Client,
  ways: Habits,
  closed: number,
  now: number,
  words: Decks,
  random: Random,
): ReviewRow[] {
  const written = random.chance(REVIEWED);
  const at = reviewedAt(closed, random);
  if (!written || at > now) return [];
  const stars = rating(ways.quality, random);
  const replies = random.chance(stars < 4 ? ways.replies + 0.15 : ways.replies);
  const replied = repliedAt(at, random);
  const text = replies && replied <= now ? reply(stars, who, partner, words) : null;
  return [
    {
      id: seedId(at, random),
      deal_id: deal.id,
      partner_id: partner.id,
      rating: stars,
      comment: comment(stars, who, partner, words),
      author: who.shortName,
      reply: text,
      replied_at: text === null ? null : iso(replied),
      created_at: iso(at),
    },
  ];
}

const iso = (at: number) => new Date(at).toISOString();
