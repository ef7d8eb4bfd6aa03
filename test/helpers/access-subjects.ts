import type { Subject } from './access-table.ts';
import type { World } from './access-world.ts';

/** What routes are about, for the API and the pages alike. */
export const request: Subject = { at: (world) => ({ id: world.request }) };
export const unmatched: Subject = { at: (world) => ({ id: world.unmatched }), opens: 'unmatched' };
export const deal: Subject = { at: ({ partner }) => ({ id: partner.deal }) };
export const pipeline: Subject = { at: ({ partner }) => ({ id: partner.pipeline }) };
export const review: Subject = { at: (world) => ({ id: world.review }) };
export const job: Subject = { at: (world) => ({ id: world.job }) };
export const listed: Subject = { at: ({ partner }) => ({ id: partner.facts.id }) };

/** Somebody who is there, to be erased. */
export const emailOf = ({ partner }: World) => ({ email: partner.facts.email });
export const partnerId = ({ partner }: World) => ({ partnerId: partner.facts.id });

export const stageOf = ({ partner }: Pick<World, 'partner'>, kind: string) =>
  partner.stages.find((stage) => stage.kind === kind)?.id ?? '';

/** Nobody has it: nothing is mailed. */
export const NO_EMAIL = 'nobody@nowhere.example';
