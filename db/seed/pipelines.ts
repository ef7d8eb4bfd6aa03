import type { Locale } from '../../domain/catalog.ts';
import { seedId } from './ids.ts';
import type { Random } from './random.ts';
import type { PipelineRow, StageKind, StageRow } from './rows.ts';

/** The pipeline's name that the service gives by default; the article's word in every language. */
const LEADS = 'SendPulse Leads';

const OWN_NAMES: Record<Locale, readonly string[]> = {
  en: ['Sales', 'New business', 'Clients', 'Projects'],
  'pt-BR': ['Vendas', 'Novos negócios', 'Comercial', 'Projetos'],
};

const STAGES: Record<Locale, readonly [StageKind, string][]> = {
  en: [
    ['new', 'New'],
    ['in_progress', 'In progress'],
    ['won', 'Closed - Won'],
    ['lost', 'Closed - Lost'],
  ],
  'pt-BR': [
    ['new', 'Novo'],
    ['in_progress', 'Em andamento'],
    ['won', 'Fechado - Ganhou'],
    ['lost', 'Fechado - Perdido'],
  ],
};

/** A partner's boards; `stageOf` are the stages of the first one, where leads go. */
export interface Boards {
  pipelines: PipelineRow[];
  stages: StageRow[];
  first: PipelineRow;
  stageOf: Record<StageKind, string>;
}

/** One partner in ten has a pipeline of its own before the one for leads, and its deals are there. */
export function boards(partner: { id: string; locale: Locale }, createdAt: number, random: Random): Boards {
  const own = random.chance(0.1) ? [random.pick(OWN_NAMES[partner.locale])] : [];
  const pipelines = [...own, LEADS].map((name, position) => ({
    id: seedId(createdAt + position, random),
    partner_id: partner.id,
    name,
    position,
    created_at: new Date(createdAt).toISOString(),
  }));
  const [first] = pipelines;
  if (!first) throw new Error('a partner without pipelines');
  const stages = pipelines.flatMap((pipeline) =>
    STAGES[partner.locale].map(([kind, name], position) => ({
      id: seedId(createdAt + position, random),
      pipeline_id: pipeline.id,
      name,
      kind,
      position,
    })),
  );
  return {
    pipelines,
    stages,
    first,
    stageOf: stagesByKind(stages.filter((s) => s.pipeline_id === first.id)),
  };
}

function stagesByKind(stages: readonly StageRow[]): Record<StageKind, string> {
  const of = (kind: StageKind) => {
    const stage = stages.find((each) => each.kind === kind);
    if (!stage) throw new Error(`no stage of kind ${kind}`);
    return stage.id;
  };
  return { new: of('new'), in_progress: of('in_progress'), won: of('won'), lost: of('lost') };
}
