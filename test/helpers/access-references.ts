import { stageOf } from './access-subjects.ts';
import type { World } from './access-world.ts';
import type { Answer, TestApi } from './http-api.ts';
import { requestBody } from './requests.ts';

/** A call about the caller's own things that mentions an id of somebody else's. */
export interface Reference {
  says: string;
  foreign: (world: World) => string;
  call: (api: TestApi, world: World, id: string) => Promise<Answer<unknown>>;
}

type Body = { json?: unknown; form?: Record<string, string>; method?: string };

/** As the other partner, with its key or in its browser. */
function calling(
  says: string,
  foreign: Reference['foreign'],
  address: (world: World, id: string) => string,
  body?: (world: World, id: string) => Body,
): Reference {
  return {
    says,
    foreign,
    call(api, world, id) {
      const { json, form, method } = body?.(world, id) ?? {};
      const { key, session } = world.other;
      return api.call<unknown>(address(world, id), {
        headers: { authorization: `Bearer ${key}`, cookie: `__Host-terna=${session}` },
        redirect: 'manual',
        ...(json !== undefined && { json }),
        ...(form && { method: 'POST', body: new URLSearchParams(form) }),
        ...(method && { method }),
      });
    },
  };
}

const pipeline = ({ partner }: World) => partner.pipeline;
const stage = ({ partner }: World) => stageOf({ partner }, 'in_progress');
const deal = ({ partner }: World) => partner.deal;
const unlisted = (world: World) => world.unlisted.id;
const own = (prefix: string, place: (world: World) => string, rest = '') => {
  return (world: World) => `${prefix}/${place(world)}${rest}`;
};
const ownDeal = ({ other }: World) => other.deal;
const ownPipeline = ({ other }: World) => other.pipeline;

const IN_API: Reference[] = [
  calling('the deals of a pipeline', pipeline, (_, id) => `/api/v1/deals?pipelineId=${id}`),
  calling('a deal goes to a stage', stage, own('/api/v1/deals', ownDeal), (_, id) => ({
    ...{ json: { stageId: id }, method: 'PATCH' },
  })),
  calling('a pipeline takes a stage', stage, own('/api/v1/pipelines', ownPipeline), ({ other }, id) => {
    const [first, ...rest] = other.stages.map((each) => ({ id: each.id }));
    return { json: { stages: [first, { id }, ...rest] }, method: 'PATCH' };
  }),
  calling('a stage leaves its deals', stage, own('/api/v1/pipelines', ownPipeline), ({ other }, id) => {
    const leaving = stageOf({ partner: other }, 'in_progress');
    const stages = other.stages.filter((each) => each.id !== leaving).map((each) => ({ id: each.id }));
    return { json: { stages, targets: { [leaving]: id } }, method: 'PATCH' };
  }),
  calling(
    'a pipeline leaves its deals',
    pipeline,
    ({ other }, id) => `/api/v1/pipelines/${other.pipeline}?target=${id}`,
    () => ({ method: 'DELETE' }),
  ),
  calling(
    'a request to one partner',
    unlisted,
    () => '/api/v1/requests',
    (_, id) => ({
      json: requestBody({ criteria: undefined, partnerId: id }),
    }),
  ),
  ...['', '/reviews'].map((rest) =>
    calling(`an unlisted partner${rest}`, unlisted, (_, id) => `/api/v1/partners/${id}${rest}`),
  ),
  {
    says: 'an unlisted partner is sent a request',
    foreign: unlisted,
    call: (api, { unmatched, client }, partnerId) =>
      api.call(`/api/v1/requests/${unmatched}/forward`, { token: client.unmatched, json: { partnerId } }),
  },
  {
    says: 'a partner that was not asked is chosen',
    foreign: ({ other }) => other.facts.id,
    call: (api, { request, client }, partnerId) =>
      api.call(`/api/v1/requests/${request}/choice`, { token: client.request, json: { partnerId } }),
  },
];

const ON_PAGES: Reference[] = [
  calling('the board of a pipeline', pipeline, (_, id) => `/workspace/board?pipeline=${id}`),
  calling('the news of a board', pipeline, (_, id) => `/workspace/board/state?pipeline=${id}`),
  calling('the deals of a stage', stage, (_, id) => `/workspace/deals?stage=${id}`),
  calling('a deal that was moved', deal, (_, id) => `/workspace/board?moved=${id}`),
  calling('the newest deal seen', deal, (_, id) => `/workspace/board?after=${id}`),
  calling('a card goes to a stage', stage, own('/workspace/deals', ownDeal, '/move'), (_, id) => ({
    form: { stageId: id, version: '1', back: 'deal' },
  })),
  calling('a form has a stage', stage, own('/workspace/pipelines', ownPipeline), (_, id) => ({
    form: { name: 'Leads', 'stages.0.id': id, 'stages.0.name': 'Taken' },
  })),
  calling(
    'a removed pipeline leaves its deals',
    pipeline,
    own('/workspace/pipelines', ownPipeline, '/remove'),
    (_, id) => ({ form: { target: id } }),
  ),
  calling('the page of an unlisted partner', unlisted, (_, id) => `/partners/${id}`),
  calling('the form for an unlisted partner', unlisted, (_, id) => `/requests/new?partner=${id}`),
];

/** An administrator is no partner: it signs nobody else out. */
const BY_ADMIN: Reference = {
  says: 'an administrator’s browser is a partner’s',
  foreign: ({ browser }) => browser,
  call: (api, { admin }, id) =>
    api.call(`/admin/account/sessions/${id}/sign-out`, {
      ...{ method: 'POST', redirect: 'manual', body: new URLSearchParams() },
      headers: { cookie: `__Host-terna=${admin.session}` },
    }),
};

export const REFERENCES = [...IN_API, ...ON_PAGES, BY_ADMIN];
