import { listOf } from '../../../../locales/names.ts';
import type { Story } from '../../../admin/story.ts';
import { Time } from '../../time.tsx';
import { useView } from '../../view.ts';
import { ChanceTable } from '../chance-table.tsx';

type StoryDraw = Story['draws'][number];

/** The draws explained: who could have been asked, with what chance, who was, and that it can be done again. */
export function StoryDraws({ story: { draws } }: { story: Story }) {
  const { t } = useView();
  if (draws.length === 0) return null;
  return (
    <section class="panel" aria-labelledby="draws">
      <h2 id="draws">{t('admin.story.draws')}</h2>
      <p class="hint">{t('admin.story.draws-hint')}</p>
      {draws.map((draw) => (
        <Draw draw={draw} open={draws.length === 1} />
      ))}
    </section>
  );
}

function Draw({ draw, open }: { draw: StoryDraw; open: boolean }) {
  const { t, locale } = useView();
  const { no, policy, policyVersion, seed, eligible, eligibleOrMore, candidates, picked, createdAt } = draw;
  const names = picked.map(({ id, name }) => name ?? id);
  const counted = new Intl.NumberFormat(locale).format(eligible);
  return (
    <article class="draw" aria-labelledby={`draw-${no}`}>
      <h3 id={`draw-${no}`}>{t('admin.draw.title', { no })}</h3>
      <dl class="facts">
        <dt>{t('admin.draw.when')}</dt>
        <dd>
          <Time date={createdAt} />
        </dd>
        <dt>{t('admin.draw.drawn')}</dt>
        <dd>{picked.length > 0 ? listOf(locale, names) : t('admin.draw.nobody')}</dd>
        <dt>{t('admin.draw.eligible')}</dt>
        <dd>{eligibleOrMore ? t('admin.draw.or-more', { count: eligible }) : counted}</dd>
        <dt>{t('admin.draw.policy')}</dt>
        <dd>
          {policyWords(t, policy)}{' '}
          <span class="muted">{t('admin.draw.version', { version: policyVersion })}</span>
        </dd>
        <dt>{t('admin.draw.seed')}</dt>
        <dd>
          <code>{seed}</code>
        </dd>
        <dt>{t('admin.draw.replays')}</dt>
        <dd>
          <Replays replays={draw.replays} />
        </dd>
      </dl>
      {candidates.length > 0 && (
        <details open={open}>
          <summary>{t('admin.draw.candidates', { no, count: candidates.length })}</summary>
          <ChanceTable
            caption={t('admin.draw.caption', { no })}
            count={picked.length}
            picked={picked.map(({ id }) => id)}
            candidates={candidates.map(({ partner, weight }) => ({ ...partner, weight }))}
          />
        </details>
      )}
    </article>
  );
}

function policyWords(t: ReturnType<typeof useView>['t'], policy: string): string {
  return policy === 'top' || policy === 'balanced' ? t(`admin.policy.${policy}`) : policy;
}

function Replays({ replays }: { replays: boolean | null }) {
  const { t } = useView();
  if (replays === null) return <span class="badge">{t('admin.draw.replays-unknown')}</span>;
  return replays ? (
    <span class="badge good">{t('admin.draw.replays-yes')}</span>
  ) : (
    <span class="badge bad">{t('admin.draw.replays-no')}</span>
  );
}
