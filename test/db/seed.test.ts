import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type SeedDatabase, seedDatabase, seedInto } from '../helpers/seed-database.ts';

const NOW = new Date('2026-11-01T12:00:00Z');

/** Everything that may differ between two seeds of one `now`: nothing. */
const FINGERPRINT = `
  select md5(string_agg(line, e'\\n' order by line)) as md5 from (
    select p::text as line from partners p union all select x::text from pipelines x
    union all select s::text from stages s union all select r::text from requests r
    union all select m::text from matches m union all select d::text from deals d
    union all select v::text from reviews v) lines`;

/** The same without instants and ids: what another `now` must not change. */
const WORDS = `
  select md5(string_agg(line, e'\\n' order by line)) as md5 from (
    select concat_ws('|', id, slug, title, about, completed_projects, rating_sum, live_leads) as line from partners
    union all select concat_ws('|', right(id::text, 22), client_email, title, description, budget_amount) from requests
    union all select concat_ws('|', right(id::text, 22), rating, comment, author, reply) from reviews) lines`;

describe('the seeded database', () => {
  let db: SeedDatabase;
  let counts: { partners: number; deals: number; reviews: number };
  let seconds: number;

  const count = async (from: string) => {
    const [row] = await db.rows<{ n: number }>(`select count(*)::int as n from ${from}`);
    return row?.n ?? -1;
  };
  const expectNone = async (from: string) => expect(await count(from), from).toBe(0);

  beforeAll(async () => {
    db = await seedDatabase();
    const start = performance.now();
    counts = await seedInto(db, { now: NOW });
    seconds = (performance.now() - start) / 1000;
  });
  afterAll(() => db?.drop());

  it('holds what it says, and is written fast', async () => {
    expect(counts.partners).toBe(320);
    expect(counts.deals).toBeGreaterThan(3_600);
    expect(counts.deals).toBeLessThan(4_400);
    expect(await count('partners')).toBe(counts.partners);
    for (const table of ['requests', 'matches', 'deals']) expect(await count(table)).toBe(counts.deals);
    expect(await count('reviews')).toBe(counts.reviews);
    for (const table of ['emails', 'outbox', 'access_tokens', 'draws']) expect(await count(table)).toBe(0);
    expect(seconds).toBeLessThan(5); // 0.5 s where it was written; a slow CI machine may take longer
  });

  it('counts on partners what the rows say', () =>
    expectNone(`partners p cross join lateral (
        select count(*) filter (where d.kind = 'in_progress') as live, count(*) filter (where d.kind = 'won') as won,
          count(v.id) as reviews, coalesce(sum(v.rating), 0) as stars
        from deals d left join reviews v on v.deal_id = d.id where d.partner_id = p.id) c
      where (p.live_leads, p.completed_projects, p.review_count, p.rating_sum)
        is distinct from (c.live, c.won, c.reviews, c.stars)`));

  it('has newcomers, a heavy tail and only a handful of live deals', async () => {
    const [row] = await db.rows<Record<string, number>>(`select
      count(*) filter (where completed_projects = 0)::int as newcomers,
      max(completed_projects) as most, sum(live_leads)::int as live, avg(rank)::int as rank,
      count(*) filter (where live_leads > 0)::int as busy,
      round(sum(completed_projects) filter (where tier = 'platinum') / count(*) filter (where tier = 'platinum'))::int as platinum,
      round(sum(completed_projects) filter (where tier = 'registered') / count(*) filter (where tier = 'registered'))::int as registered
      from partners`);
    expect(row).toMatchObject({ rank: 0 });
    expect(row?.newcomers).toBeGreaterThan(45);
    expect(row?.newcomers).toBeLessThan(85);
    expect(row?.most).toBeGreaterThan(50);
    expect(row?.most).toBeLessThanOrEqual(60);
    expect(row?.busy).toBeGreaterThan(2);
    expect(row?.live).toBeLessThan(15);
    expect(row?.platinum ?? 0).toBeGreaterThan(row?.registered ?? 0);
    await expectNone(`partners where live_leads > capacity or (live_leads > 0 and not accepting)`);
  });

  it('rates mostly 4 and 5, and reviews two won deals of three', async () => {
    const won = await count(`deals where kind = 'won'`);
    expect(counts.reviews / won).toBeGreaterThan(0.6);
    expect(counts.reviews / won).toBeLessThan(0.7);
    expect((await count('reviews where rating >= 4')) / counts.reviews).toBeGreaterThan(0.85);
    expect(await count('reviews where rating <= 2')).toBeGreaterThan(15);
    expect(await count('reviews where reply is not null')).toBeGreaterThan(200);
    await expectNone(
      `reviews v join deals d on d.id = v.deal_id where d.kind <> 'won' or d.partner_id <> v.partner_id`,
    );
  });

  it('tells a history in order, within 24 months', async () => {
    const now = `timestamptz '${NOW.toISOString()}'`;
    await expectNone(`deals d join partners p on p.id = d.partner_id
      where d.created_at < p.created_at or d.created_at < ${now} - interval '24 months' or d.moved_at > ${now}
      or d.answered_at not between d.created_at + interval '2 minutes' and d.created_at + interval '48 hours'
      or d.moved_at < d.answered_at or (d.answered_at is null and d.kind <> 'lost')`);
    await expectNone(`reviews v join deals d on d.id = v.deal_id
      where v.created_at < d.moved_at or v.created_at > ${now} or v.replied_at not between v.created_at and ${now}
      or (v.reply is null) <> (v.replied_at is null)`);
    await expectNone(`deals where kind = 'in_progress' and moved_at < ${now} - interval '20 days'`);
    const [row] = await db.rows<{ months: number; newest: number }>(`select
      count(distinct date_trunc('month', created_at))::int as months,
      extract(day from ${now} - max(moved_at))::int as newest from deals`);
    expect(row?.months).toBeGreaterThanOrEqual(24);
    expect(row?.newest).toBeLessThan(2);
  });

  it('has each request, match and deal in the state that fits', async () => {
    await expectNone(`requests r join deals d on d.request_id = r.id
      where r.status <> case d.kind when 'won' then 'completed' when 'lost' then 'cancelled' else 'answered' end
      or (d.lost_reason is not distinct from 'client_cancelled') <> (d.kind = 'lost')
      or r.partner_id <> d.partner_id or r.mode <> 'manual' or r.answer_due_at <> r.created_at + interval '3 days'
      or r.client_email not like '%@clients.example'`);
    await expectNone(`matches m join deals d using (id)
      where m.request_id <> d.request_id or m.partner_id <> d.partner_id or m.reasons <> '[]' or m.draw_no is not null`);
    await expectNone(`requests r join partners p on p.id = r.partner_id where not r.services <@ p.services`);
  });

  it('keeps deals in the first pipeline, with stages named in the partner’s language', async () => {
    await expectNone(`deals d join pipelines l on l.id = d.pipeline_id join stages s on s.id = d.stage_id
      where l.position <> 0 or s.pipeline_id <> l.id or l.partner_id <> d.partner_id`);
    await expectNone(`partners p where (exists (select from deals d where d.partner_id = p.id)) <>
      (exists (select from pipelines l where l.partner_id = p.id and l.name = 'SendPulse Leads'))`);
    const names =
      await db.rows(`select p.locale, string_agg(distinct s.position || s.kind || ' ' || s.name, ', '
        order by s.position || s.kind || ' ' || s.name) as names
      from stages s join pipelines l on l.id = s.pipeline_id join partners p on p.id = l.partner_id
      group by 1 order by 1`);
    expect(names).toEqual([
      { locale: 'en', names: '0new New, 1in_progress In progress, 2won Closed - Won, 3lost Closed - Lost' },
      {
        locale: 'pt-BR',
        names: '0new Novo, 1in_progress Em andamento, 2won Fechado - Ganhou, 3lost Fechado - Perdido',
      },
    ]);
    const own = await count(`pipelines where name <> 'SendPulse Leads'`);
    expect(own).toBeGreaterThan(12);
    expect(own).toBeLessThan(40);
  });

  it('says nothing broken, and in the client’s language', async () => {
    await expectNone(`(select comment as t from reviews union all select reply from reviews
        union all select description from requests union all select title from requests) texts
      where t ~ 'undefined|null|[{}|\\[\\]]|  |\\.\\.|\\s[,.;!?]|^[a-z]|\\s$' or length(t) not between 5 and 400`);
    await expectNone(`reviews v join deals d on d.id = v.deal_id join requests r on r.id = d.request_id
      where r.locale = 'en' and v.comment ~* '\\m(não|muito|que|para|com|foi|equipe)\\M'
      or r.locale = 'pt-BR' and v.comment ~* '\\m(the|and|with|was|very)\\M'`);
    await expectNone(`reviews where author !~ '^[^ ]+ [[:alpha:]]\\.$'`);
    const [row] = await db.rows<{ n: number }>(`select count(distinct comment)::int as n from reviews`);
    expect((row?.n ?? 0) / counts.reviews).toBeGreaterThan(0.8);
  });

  it('dates every id by its row', async () => {
    const at = `('x' || left(replace(id::text, '-', ''), 12))::bit(48)::bigint`;
    for (const table of ['requests', 'deals', 'matches', 'reviews']) {
      await expectNone(`${table} where substr(id::text, 15, 1) <> '7' or substr(id::text, 20, 1) !~ '[89ab]'
        or abs(${at} - extract(epoch from created_at) * 1000) > 1`);
    }
  });

  it('comes out the same again; another now moves times alone; other sizes work', async () => {
    const md5 = async (sql: string) => (await db.rows<{ md5: string }>(sql))[0]?.md5;
    const again = async (options: Parameters<typeof seedInto>[1]) => {
      await db.client.query('truncate partners, requests, disclosures cascade');
      return seedInto(db, options);
    };
    const [all, words] = [await md5(FINGERPRINT), await md5(WORDS)];
    expect(await again({ now: NOW })).toEqual(counts);
    expect(await md5(FINGERPRINT)).toBe(all);
    expect(await again({ now: new Date('2027-03-05T06:07:08.9Z') })).toEqual(counts);
    expect(await md5(WORDS)).toBe(words);
    for (const partners of [0, 1, 600]) expect(await again({ partners })).toMatchObject({ partners });
  }, 30_000);
});
