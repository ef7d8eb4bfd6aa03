import type { Story } from '../../../admin/story.ts';
import { Layout } from '../../layout.tsx';
import { Notice } from '../../notices.tsx';
import { useView } from '../../view.ts';
import { StatusBadge, TimeLeft } from '../parts.tsx';
import { StoryDisclosures } from './story-disclosures.tsx';
import { StoryDraws } from './story-draws.tsx';
import { StoryFacts } from './story-facts.tsx';
import { StoryJobs } from './story-jobs.tsx';
import { StoryMatches } from './story-matches.tsx';
import { StoryTimeline } from './story-timeline.tsx';

interface StoryProps {
  story: Story;
  /** A job has just been put up again. */
  done?: boolean;
  /** Why a job could not be. */
  problem?: string | undefined;
}

/** Everything about one request: who asked, who was asked and why, what happened, what comes next. */
export function StoryPage({ story, done = false, problem }: StoryProps) {
  const { t } = useView();
  const { project, status, answerWindow, erasedAt } = story;
  const title = erasedAt ? t('erased.title') : project.title;
  return (
    <Layout title={title} area="admin" width="full">
      <p class="back">
        <a href="/admin/requests">{t('admin.story.back')}</a>
      </p>
      <div class="page-head">
        <h1>{title}</h1>
        <p class="standing">
          <StatusBadge status={status} /> <TimeLeft status={status} dueAt={answerWindow.dueAt} />
        </p>
      </div>
      {done && <Notice kind="good">{t('admin.jobs.retried')}</Notice>}
      {problem && <Notice kind="bad">{problem}</Notice>}
      <div class="story">
        <StoryFacts story={story} />
        <div>
          <StoryJobs story={story} />
          <StoryMatches story={story} />
          <StoryTimeline story={story} />
          <StoryDisclosures story={story} />
          <StoryDraws story={story} />
        </div>
      </div>
    </Layout>
  );
}
