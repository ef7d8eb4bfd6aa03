import type { BoardStage } from '../../../../db/boards.ts';
import { nested, type Typed, typedText } from '../../forms.ts';

/** What a button of the form of a pipeline does beside saving it. */
export interface StageAct {
  up?: string | undefined;
  down?: string | undefined;
  remove?: string | undefined;
}

/** The stages as the form sent them, in its order, each with its place in the form's names. */
export interface SentStages {
  entries: { id: string; name: unknown }[];
  act: StageAct;
}

/** Reads `stages.0.id`, `stages.0.name` and so on, and which button was pressed. */
export function sentStages(typed: Typed): SentStages {
  const { stages } = nested(typed) as { stages?: Record<string, { id?: unknown; name?: unknown }> };
  const entries = Object.entries(stages ?? {})
    .sort(([a], [b]) => Number(a) - Number(b))
    .map(([, { id, name }]) => ({ id: String(id), name: name ?? '' }));
  const pressed = (name: string) => typedText(typed, name) || undefined;
  return { entries, act: { up: pressed('up'), down: pressed('down'), remove: pressed('remove') } };
}

/** Whether the form was made of the stages that are there now: another window may have changed them. */
export function isCurrent({ entries }: SentStages, stages: BoardStage[]): boolean {
  const sent = entries.map(({ id }) => id);
  return sent.length === stages.length && stages.every(({ id }) => sent.includes(id));
}

/** The stages after the button's act: one changes places with its neighbour, or leaves. */
export function actOn<Entry extends { id?: string | undefined }>(
  entries: Entry[],
  { up, down, remove }: StageAct,
): Entry[] {
  const staying = entries.filter(({ id }) => id === undefined || id !== remove);
  const from = staying.findIndex(({ id }) => id !== undefined && (id === up || id === down));
  const to = from + (up ? -1 : 1);
  const [mover, other] = [staying[from], staying[to]];
  return mover && other ? staying.with(from, other).with(to, mover) : staying;
}
