import type { Funnel, Funnels } from '../../../../db/funnel.ts';
import { durationWords } from '../../../../locales/duration-words.ts';
import type { Translate } from '../../../../locales/translator.ts';
import { useView } from '../../view.ts';
import { Bar } from './bar.tsx';

const STEPS = ['asked', 'answered', 'chosen', 'won'] as const;

/** What became of the requests: of late, beside the time before, and of all times. */
export function FunnelPart({ funnels: { recent, before, ever }, days }: { funnels: Funnels; days: number }) {
  const { t } = useView();
  return (
    <section aria-labelledby="funnel-title" class="funnels">
      <h2 id="funnel-title">{t('standing.funnel')}</h2>
      <p class="muted">{t('standing.funnel-hint')}</p>
      {ever.asked > 0 ? (
        <div class="funnel-spans">
          <Span title={t('standing.recent', { days })} funnel={recent} before={before} days={days} />
          <Span title={t('standing.ever')} funnel={ever} />
        </div>
      ) : (
        <div class="panel empty">
          <h3>{t('standing.nothing-title')}</h3>
          <p>{t('standing.nothing')}</p>
          <p class="actions">
            <a class="button" href="/workspace/profile">
              {t('standing.to-profile')}
            </a>
          </p>
        </div>
      )}
    </section>
  );
}

interface SpanProps {
  title: string;
  funnel: Funnel;
  /** The span of the same length before; there may be nothing in it to compare with. */
  before?: Funnel;
  days?: number;
}

function Span({ title, funnel, before, days = 0 }: SpanProps) {
  const { t } = useView();
  const compared = before && before.asked > 0 ? before : undefined;
  return (
    <section class="panel">
      <h3>{title}</h3>
      {compared && <p class="hint">{t('standing.compared', { days })}</p>}
      {funnel.asked > 0 ? (
        <ol class="funnel">
          {STEPS.map((step) => (
            <li>
              <Step step={step} funnel={funnel} before={compared} />
            </li>
          ))}
        </ol>
      ) : (
        <p>{t('standing.nothing-recent', { before: compared?.asked ?? 0 })}</p>
      )}
      {funnel.answerSeconds !== null && (
        <AnswerTime seconds={funnel.answerSeconds} before={compared?.answerSeconds ?? null} />
      )}
    </section>
  );
}

function Step(props: { step: (typeof STEPS)[number]; funnel: Funnel; before: Funnel | undefined }) {
  const { t, locale } = useView();
  const { step, funnel, before } = props;
  const share = funnel[step] / funnel.asked;
  const number = new Intl.NumberFormat(locale);
  return (
    <>
      <div class="funnel-step">
        <span>{t(`standing.step.${step}`)}</span>
        <strong>{number.format(funnel[step])}</strong>
      </div>
      <Bar share={share} />
      <p class="hint">
        {[
          ...(step === 'asked' ? [] : [t('standing.rate', { rate: share })]),
          ...(before ? [beforeWords(t, step, before)] : []),
        ].join(' · ')}
      </p>
    </>
  );
}

function beforeWords(t: Translate, step: (typeof STEPS)[number], before: Funnel): string {
  if (step === 'asked') return t('standing.before', { count: before.asked });
  return t('standing.before-rate', { count: before[step], rate: before[step] / before.asked });
}

function AnswerTime({ seconds, before }: { seconds: number; before: number | null }) {
  const { t, locale } = useView();
  const words = (each: number) => durationWords(locale, each * 1_000);
  return (
    <p class="answer-time">
      {t('standing.answer-time')} <strong>{words(seconds)}</strong>{' '}
      {before !== null && <span class="muted">{t('standing.before-time', { time: words(before) })}</span>}
    </p>
  );
}
