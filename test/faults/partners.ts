import { call, type Told } from './clients.ts';
import type { Partner, System } from './system.ts';

interface SeenDeal {
  id: string;
  version: number;
  stage: { kind: string };
}

/** A partner that looks at its board and moves one deal on. */
export async function actAsPartner(system: System, told: Told): Promise<void> {
  const { random } = system;
  const partner = random.pick(system.partners);
  const kind = random.pick(['new', 'new', 'new', 'in_progress', 'won', 'lost']);
  const list = await call(system, told, `/api/v1/deals?stage=${kind}&limit=20`, { token: partner.key });
  const deals = (list?.body as { data?: SeenDeal[] } | undefined)?.data ?? [];
  if (deals.length === 0) return;
  const deal = random.pick(deals);
  const path = `/api/v1/deals/${deal.id}`;
  const moved = await call(system, told, path, {
    token: partner.key,
    method: 'PATCH',
    json: nextMove(system, kind),
    headers: random.chance(0.5) ? { 'if-match': `"${deal.version}"` } : {},
  });
  const { version } = (moved?.status === 200 ? moved.body : {}) as { version?: number };
  if (version !== undefined) told.versions.set(deal.id, Math.max(version, told.versions.get(deal.id) ?? 0));
}

function nextMove({ random }: System, kind: string): Record<string, unknown> {
  if (kind === 'new')
    return random.pick([
      { stage: 'in_progress' },
      { stage: 'in_progress' },
      { stage: 'lost', lostReason: 'no_capacity' },
    ]);
  if (kind === 'in_progress') return random.pick([{ stage: 'won' }, { stage: 'lost', lostReason: 'other' }]);
  return { stage: 'in_progress' };
}

/** Everything else that people do: profiles, boards, reviews, sessions, moderation, retries. */
export async function doOddJob(system: System, told: Told): Promise<void> {
  const { random, partners } = system;
  const deed = random.pick(ODD_JOBS);
  await deed(system, told, random.pick(partners));
}

type Deed = (system: System, told: Told, partner: Partner) => Promise<unknown>;

const linkFor = ({ mail }: System, what: string) => {
  const links = mail.taken
    .slice(-400)
    .flatMap(({ links }) => links.filter((link) => link.startsWith(`/${what}/`)));
  const link = links[Math.floor(Math.random() * links.length)];
  return link?.split('/').at(-1);
};

const ODD_JOBS: Deed[] = [
  async (system, told, { key }) => {
    const list = await call(system, told, '/api/v1/deals?limit=1', { token: key });
    const [deal] = (list?.body as { data?: { id: string }[] } | undefined)?.data ?? [];
    if (deal)
      await call(system, told, `/api/v1/deals/${deal.id}/notes`, { token: key, json: { text: 'Called.' } });
  },
  (system, told, { key }) =>
    call(system, told, '/api/v1/me', { token: key, method: 'PATCH', json: { about: `At ${Date.now()}` } }),
  async (system, told, { key }) => {
    const made = await call(system, told, '/api/v1/pipelines', {
      token: key,
      json: { name: 'Another board' },
    });
    const { id } = (made?.status === 201 ? made.body : {}) as { id?: string };
    if (id === undefined) return;
    await call(system, told, `/api/v1/pipelines/${id}`, {
      token: key,
      method: 'PATCH',
      json: { name: 'Renamed' },
    });
    await call(system, told, `/api/v1/pipelines/${id}`, { token: key, method: 'DELETE' });
  },
  async (system, told) => {
    const token = linkFor(system, 'feedback');
    if (token === undefined) return;
    const rating = system.random.int(1, 5);
    const answer = await call(system, told, '/api/v1/reviews', {
      token,
      json: { rating, comment: 'As agreed.' },
    });
    if (answer?.status === 201) told.reviews += 1;
  },
  async (system, told, { email }) => {
    await call(system, told, '/api/v1/sign-in', { json: { email } });
  },
  async (system, told) => {
    const token = linkFor(system, 'sign-in');
    if (token === undefined) return;
    const session = await call(system, told, '/api/v1/sessions', { json: { token } });
    const { token: bearer } = (session?.status === 201 ? session.body : {}) as { token?: string };
    if (bearer === undefined) return;
    await call(system, told, '/api/v1/me', { token: bearer });
    await call(system, told, '/api/v1/sessions', { token: bearer, method: 'DELETE' });
  },
  async (system, told, { id, key }) => {
    const reviews = await call(system, told, `/api/v1/partners/${id}/reviews`);
    const [first] = (reviews?.body as { data?: { id: string }[] } | undefined)?.data ?? [];
    if (first)
      await call(system, told, `/api/v1/reviews/${first.id}/reply`, {
        token: key,
        json: { text: 'Thank you.' },
      });
  },
  async (system, told) => {
    const failed = await call(system, told, '/api/v1/admin/jobs/failed?limit=20', { token: system.adminKey });
    const jobs = (failed?.body as { data?: { id: string }[] } | undefined)?.data ?? [];
    for (const { id } of jobs)
      await call(system, told, `/api/v1/admin/jobs/${id}/retry`, { token: system.adminKey, method: 'POST' });
  },
  async (system, told, { id }) => {
    const token = system.adminKey;
    await call(system, told, `/api/v1/admin/partners/${id}`, {
      token,
      method: 'PATCH',
      json: { tier: 'gold' },
    });
    const reviews = await call(system, told, '/api/v1/admin/reviews', { token });
    const [first] = (reviews?.body as { data?: { id: string }[] } | undefined)?.data ?? [];
    const reason = { json: { reason: 'Moderated by the harness.' } };
    if (first) await call(system, told, `/api/v1/admin/reviews/${first.id}/hide`, { token, ...reason });
    if (first)
      await call(system, told, `/api/v1/admin/reviews/${first.id}/restore`, { token, method: 'POST' });
  },
  // Recurring work comes once an hour: here it comes whenever somebody thinks of it.
  ({ postgres }) =>
    postgres
      .ask(
        `insert into outbox (id, job, payload, run_at, sweep_at)
         values (gen_random_uuid(), 'expire', '{}', now(), now())`,
      )
      .catch(() => undefined),
];
