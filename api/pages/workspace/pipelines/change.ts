import type { Response } from 'express';
import { findBoard } from '../../../../db/boards.ts';
import { changePipeline } from '../../../../life/edit-board.ts';
import type { ApiDeps } from '../../../deps.ts';
import { notFound } from '../../../problem.ts';
import { pipelineChange } from '../../../schemas-partner.ts';
import { viewOf } from '../../context.ts';
import { readForm, type Typed, typedText } from '../../forms.ts';
import { partnerOf } from '../../guard.tsx';
import { refusalOf } from './refusal.ts';
import type { ShownPipeline } from './show.tsx';
import { actOn, isCurrent, sentStages } from './stage-form.ts';

/** Changes a pipeline as its form says: names, and one act. Undefined when done, else what to show instead. */
export async function changeByForm(
  { db }: ApiDeps,
  response: Response,
  id: string,
  typed: Typed,
): Promise<ShownPipeline | undefined> {
  const { partnerId } = partnerOf(response);
  const board = await findBoard(db, partnerId, id);
  if (!board) throw notFound();
  const sent = sentStages(typed);
  if (!isCurrent(sent, board.stages)) return { refusal: { code: 'board_busy', place: 'form' }, status: 409 };

  const read = readForm(pipelineChange, changeIn(typed, sent), viewOf(response).t);
  if (read.errors) return { form: { typed, errors: named(read.errors, sent.entries.length) }, status: 422 };
  const { stages = [], ...change } = read.value;
  const refused = await refusalOf(async () => {
    const done = await changePipeline(db, partnerId, id, { ...change, stages: actOn(stages, sent.act) });
    if (!done) throw notFound();
  });
  if (!refused) return undefined;
  const { code, status } = refused;
  return { refusal: { code, place: sent.act.remove ?? 'form' }, form: { typed, errors: {} }, status };
}

/** The body that the JSON API would get. Only a stage that leaves has a target for its deals. */
function changeIn(typed: Typed, { entries, act }: ReturnType<typeof sentStages>) {
  const isNew = typedText(typed, 'add') !== '' || typedText(typed, 'new.name').trim() !== '';
  const added = { name: typedText(typed, 'new.name'), kind: typedText(typed, 'new.kind') };
  const target = act.remove && typedText(typed, `targets.${act.remove}`);
  return {
    name: typedText(typed, 'name'),
    stages: [...entries, ...(isNew ? [added] : [])],
    ...(act.remove && target && { targets: { [act.remove]: target } }),
  };
}

/** The added stage is the last of the list to the schema, and `new` to the form. */
function named(errors: Record<string, string>, count: number): Record<string, string> {
  const start = `stages.${count}.`;
  return Object.fromEntries(
    Object.entries(errors).map(([name, words]) => [
      name.startsWith(start) ? `new.${name.slice(start.length)}` : name,
      words,
    ]),
  );
}
