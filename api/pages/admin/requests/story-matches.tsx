import { reasonWords } from '../../../../locales/reason-words.ts';
import type { Story } from '../../../admin/story.ts';
import { FiveStars, Monogram } from '../../catalog/partner-parts.tsx';
import { useView } from '../../view.ts';
import { Meta, Moment } from '../parts.tsx';
import { lostWords } from './lost-words.ts';

type StoryMatch = Story['matches'][number];

/** The partners that have the request, with the reasons for each and how its deal stands. */
export function StoryMatches({ story: { matches, chosenMatchId } }: { story: Story }) {
  const { t } = useView();
  return (
    <section class="panel" aria-labelledby="matches">
      <h2 id="matches">{t('admin.story.matches')}</h2>
      {matches.length === 0 && <p class="muted">{t('admin.story.no-matches')}</p>}
      <ul class="rows flat">
        {matches.map((match) => (
          <Match match={match} chosen={match.id === chosenMatchId} />
        ))}
      </ul>
    </section>
  );
}

function Match({ match, chosen }: { match: StoryMatch; chosen: boolean }) {
  const { t, locale } = useView();
  const { partner, reasons, drawNo, deal, createdAt } = match;
  return (
    <li class="row asked-partner">
      <div class="row-head">
        <Monogram name={partner.name} />
        <h3>
          <a href={`/admin/partners/${partner.id}`}>{partner.name}</a>
        </h3>
        {chosen && <span class="badge good">{t('admin.story.chosen')}</span>}
        <Stands match={match} />
      </div>
      <ul class="reasons">
        {reasons.map((reason) => (
          <li>{reasonWords(locale, reason)}</li>
        ))}
      </ul>
      <Meta
        facts={[
          drawNo !== null && t('admin.story.of-draw', { no: drawNo }),
          <Moment label={t('admin.story.asked')} date={createdAt} />,
          deal?.answeredAt && <Moment label={t('admin.story.answered')} date={deal.answeredAt} />,
          deal && t('admin.story.stage', { stage: deal.stage.name, pipeline: deal.pipeline.name }),
          deal?.lostReason && lostWords(t, deal.lostReason),
          deal?.review && <FiveStars rating={deal.review.rating} />,
          deal?.review?.hidden && t('admin.reviews.is-hidden'),
        ]}
      />
    </li>
  );
}

const TONES = { new: '', in_progress: 'active', won: 'good', lost: 'bad' };

function Stands({ match: { deal, droppedAt } }: { match: StoryMatch }) {
  const { t } = useView();
  if (droppedAt) return <span class="badge bad">{t('admin.story.dropped')}</span>;
  if (!deal) return <span class="badge">{t('admin.story.unopened')}</span>;
  return <span class={`badge ${TONES[deal.kind]}`}>{t(`stage.${deal.kind}`)}</span>;
}
