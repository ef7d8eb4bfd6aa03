import type { Story } from '../../../admin/story.ts';
import { Time } from '../../time.tsx';
import { useView } from '../../view.ts';
import { timelineEntries } from './timeline.ts';

/** Everything that happened, first to last. */
export function StoryTimeline({ story }: { story: Story }) {
  const { t } = useView();
  const uncertain = story.mails.some((mail) => mail.uncertain);
  return (
    <section class="panel" aria-labelledby="timeline">
      <h2 id="timeline">{t('admin.story.timeline')}</h2>
      <ol class="timeline">
        {timelineEntries(story, t).map(({ at, by, words, detail, badges = [] }) => (
          <li class={`by-${by}`}>
            <p class="event">
              {words}{' '}
              {badges.map((badge) => (
                <>
                  <span class={`badge ${badge.tone}`}>{badge.words}</span>{' '}
                </>
              ))}
            </p>
            {detail && <p class="detail">{detail}</p>}
            <p class="when">
              <Time date={at} />
            </p>
          </li>
        ))}
      </ol>
      {uncertain && <p class="hint">{t('admin.story.uncertain')}</p>}
    </section>
  );
}
