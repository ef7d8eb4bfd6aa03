import type { Database } from '../db/connect.ts';
import { findProfile } from '../db/profiles.ts';
import type { DealKind } from '../domain/deal-life.ts';
import { addPipeline } from '../life/edit-board.ts';
import { translator } from '../locales/translator.ts';

const KINDS = ['new', 'in_progress', 'won', 'lost'] as const satisfies DealKind[];

/**
 * Adds a pipeline; one that names no stages gets the usual ones, in its partner's language. Returns its id; what
 * has the given one already is not added again.
 * @throws NotPossible
 */
export async function openPipeline(
  db: Database,
  partnerId: string,
  pipeline: { id?: string; name: string; stages?: { name: string; kind: DealKind }[] | undefined },
): Promise<string> {
  const { stages, ...rest } = pipeline;
  if (stages) return addPipeline(db, partnerId, { ...rest, stages });
  const { locale = 'en' } = (await findProfile(db, partnerId)) ?? {};
  const t = translator(locale);
  return addPipeline(db, partnerId, {
    ...rest,
    stages: KINDS.map((kind) => ({ kind, name: t(`stage.${kind}`) })),
  });
}
