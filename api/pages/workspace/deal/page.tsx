import type { Board } from '../../../../db/boards.ts';
import type { DealBackground } from '../../../../db/deal-background.ts';
import type { TimelineEntry } from '../../../../db/deal-events.ts';
import type { DealView } from '../../../../db/deals.ts';
import { isErased } from '../../../../db/erased.ts';
import { reasonWords } from '../../../../locales/reason-words.ts';
import { FormKey } from '../../form-key.tsx';
import { TextArea } from '../../form-parts.tsx';
import type { FormState } from '../../forms.ts';
import { Layout } from '../../layout.tsx';
import { Notice } from '../../notices.tsx';
import { useView } from '../../view.ts';
import type { Refusal } from '../board/page.tsx';
import { boardPath, dealPath } from '../board/paths.ts';
import { Contact } from './contact.tsx';
import { Project } from './project.tsx';
import { Standing } from './standing.tsx';
import { Timeline } from './timeline.tsx';

export interface LoadedDeal {
  deal: DealView & { timeline: TimelineEntry[] };
  background: DealBackground;
  /** The pipeline it stands in. */
  board: Board | undefined;
}

interface DealProps {
  loaded: LoadedDeal;
  note: FormState;
  done?: 'moved' | 'noted' | undefined;
  refusal?: Refusal | undefined;
}

/** One deal with all that its partner knows of it. */
export function DealPage({ loaded: { deal, background, board }, note, done, refusal }: DealProps) {
  const { t } = useView();
  const title = isErased(deal.client) ? t('erased.title') : deal.project.title;
  return (
    <Layout title={title} area="workspace">
      <p class="back-link">
        <a href={`${boardPath(deal.pipeline.id)}#deal-${deal.id}`}>{t('deal.back')}</a>
      </p>
      <h1>{title}</h1>
      {refusal && <Notice kind="bad">{refusal.words}</Notice>}
      {done === 'moved' && <Notice kind="good">{t('deal.moved', { stage: deal.stage.name })}</Notice>}
      {done === 'noted' && <Notice kind="good">{t('deal.noted')}</Notice>}
      <div class="deal-page">
        <div class="deal-side">
          <Standing deal={deal} background={background} board={board} incomplete={refusal?.incomplete} />
          <Contact deal={deal} />
        </div>
        <div class="deal-main">
          <Project deal={deal} />
          <section class="panel" aria-labelledby="why">
            <h2 id="why">{t('deal.why')}</h2>
            <Reasons background={background} />
          </section>
          <section class="panel" aria-labelledby="timeline">
            <h2 id="timeline">{t('deal.timeline')}</h2>
            <NoteForm id={deal.id} form={note} />
            {deal.timeline.length > 0 && <Timeline entries={deal.timeline} />}
          </section>
        </div>
      </div>
    </Layout>
  );
}

function Reasons({ background: { reasons } }: { background: DealBackground }) {
  const { t, locale } = useView();
  if (reasons.length === 0) return <p>{t('deal.why-unknown')}</p>;
  return (
    <ul class="deal-why">
      {reasons.map((reason) => (
        <li>{reasonWords(locale, reason)}</li>
      ))}
    </ul>
  );
}

function NoteForm({ id, form }: { id: string; form: FormState }) {
  const { t } = useView();
  return (
    <form method="post" action={`${dealPath(id)}/notes`} class="note-form" noValidate>
      <FormKey form={form} />
      <TextArea
        form={form}
        name="text"
        label={t('deal.note')}
        hint={t('deal.note-hint')}
        rows={3}
        maxLength={5_000}
        required
      />
      <button type="submit" class="button">
        {t('deal.note-save')}
      </button>
    </form>
  );
}
