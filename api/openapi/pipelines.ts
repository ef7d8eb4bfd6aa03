import { z } from 'zod';
import { newPipelineBody, pipelineChange, pipelineRemoval } from '../schemas-partner.ts';
import type { Operation } from './operation.ts';
import { byId, EXAMPLE_IDS, kind, named, shape, uuid } from './parts.ts';

const Stage = shape('Stage', {
  id: uuid,
  name: z.string(),
  kind,
  position: z.int().min(0),
  dealCount: z.int().min(0),
});

const Pipeline = shape('Pipeline', {
  id: uuid,
  name: z.string(),
  position: z.int().min(0).meta({ description: 'From 0. Leads go to the first pipeline.' }),
  stages: z.array(Stage),
});

const kinds = ['new', 'in_progress', 'won', 'lost'] as const;
const names = ['New', 'In progress', 'Closed - Won', 'Closed - Lost'];

const pipelineExample: z.infer<typeof Pipeline> = {
  id: EXAMPLE_IDS.pipeline,
  name: 'SendPulse Leads',
  position: 0,
  stages: kinds.map((kind, position) => ({
    id: `${EXAMPLE_IDS.stage.slice(0, -1)}${position}`,
    name: names[position] ?? '',
    kind,
    position,
    dealCount: kind === 'new' ? 2 : 0,
  })),
};

const board = { schema: Pipeline, example: pipelineExample };
const ofPartner = { tag: 'Pipelines', credential: 'partner' } as const;

/** A partner's boards. */
export const pipelineOperations: Operation[] = [
  {
    ...ofPartner,
    id: 'listPipelines',
    method: 'get',
    path: '/api/v1/pipelines',
    summary: 'Your pipelines in order',
    answer: {
      status: 200,
      description: 'All pipelines with their stages.',
      json: {
        schema: shape('Pipelines', { data: z.array(Pipeline) }),
        example: { data: [pipelineExample] },
      },
    },
    problems: { 401: ['bad_credential'] },
  },
  {
    ...ofPartner,
    id: 'createPipeline',
    method: 'post',
    path: '/api/v1/pipelines',
    summary: 'Add a pipeline, as the last one',
    description:
      'Without `stages` it gets the four standard ones. It needs one each of `new`, `won`, `lost`.',
    body: {
      schema: named('NewPipeline', newPipelineBody),
      example: {
        name: 'Referrals',
        stages: [
          { name: 'New', kind: 'new' },
          { name: 'Won', kind: 'won' },
          { name: 'Lost', kind: 'lost' },
        ],
      },
    },
    answer: { status: 201, description: 'The pipeline.', headers: ['Location'], json: board },
    problems: { 401: ['bad_credential'], 409: ['too_many_pipelines'] },
  },
  {
    ...ofPartner,
    id: 'getPipeline',
    method: 'get',
    path: '/api/v1/pipelines/{id}',
    summary: 'One pipeline',
    params: byId,
    answer: { status: 200, description: 'The pipeline.', json: board },
    problems: { 401: ['bad_credential'], 404: ['not_found'] },
  },
  {
    ...ofPartner,
    id: 'changePipeline',
    method: 'patch',
    path: '/api/v1/pipelines/{id}',
    summary: 'Rename, reorder, change the stages',
    description:
      '`stages` is the whole new list: entries with an id stay, those without are new, who is missing leaves. `targets` says for each leaving stage with deals which stage of the same kind takes them.',
    params: byId,
    body: {
      schema: named('PipelineChange', pipelineChange),
      example: {
        name: 'Leads',
        position: 0,
        stages: [
          { id: `${EXAMPLE_IDS.stage.slice(0, -1)}0` },
          { name: 'Calling', kind: 'in_progress' },
          { id: `${EXAMPLE_IDS.stage.slice(0, -1)}2`, name: 'Won' },
          { id: `${EXAMPLE_IDS.stage.slice(0, -1)}3` },
        ],
      },
    },
    answer: { status: 200, description: 'The pipeline as it is now.', json: board },
    problems: {
      401: ['bad_credential'],
      404: ['not_found'],
      409: ['last_stage', 'stage_kind_fixed', 'target_kind', 'stage_has_deals', 'board_busy'],
    },
  },
  {
    ...ofPartner,
    id: 'deletePipeline',
    method: 'delete',
    path: '/api/v1/pipelines/{id}',
    summary: 'Remove a pipeline',
    description: '`target` is the pipeline that takes its deals; without it, the pipeline must hold none.',
    params: byId,
    query: pipelineRemoval,
    answer: { status: 204, description: 'Removed.' },
    problems: {
      401: ['bad_credential'],
      404: ['not_found'],
      409: ['pipeline_has_deals', 'target_kind', 'board_busy'],
    },
  },
];
