import type { Story } from '../../../admin/story.ts';
import { Time } from '../../time.tsx';
import { useView } from '../../view.ts';
import { jobWords } from '../jobs/job-words.ts';
import { RetryButton } from '../jobs/retry-button.tsx';

type StoryJob = Story['jobs'][number];

/** Jobs about the request: those that failed for good come first, and loudly. */
export function StoryJobs({ story: { id, jobs } }: { story: Story }) {
  const { t } = useView();
  const failed = jobs.filter(({ failedAt }) => failedAt !== null);
  const waiting = jobs.filter(({ failedAt }) => failedAt === null);
  return (
    <>
      {failed.length > 0 && (
        <section class="panel failed" aria-labelledby="failed">
          <h2 id="failed">{t('admin.story.failed')}</h2>
          <ul class="rows flat">
            {failed.map((job) => (
              <FailedJob job={job} requestId={id} />
            ))}
          </ul>
        </section>
      )}
      {waiting.length > 0 && (
        <section class="panel" aria-labelledby="next">
          <h2 id="next">{t('admin.story.next')}</h2>
          <ul class="rows flat">
            {waiting.map((job) => (
              <li class="row">
                <strong>{jobWords(t, job.job)}</strong> <Due runAt={job.runAt} />
                {job.attempts > 0 && job.error && (
                  <p class="muted">{t('admin.jobs.tried', { count: job.attempts, error: job.error })}</p>
                )}
              </li>
            ))}
          </ul>
        </section>
      )}
    </>
  );
}

function FailedJob({ job, requestId }: { job: StoryJob; requestId: string }) {
  const { t } = useView();
  return (
    <li class="row with-action">
      <div>
        <strong>{jobWords(t, job.job)}</strong>{' '}
        <span class="muted">{t('admin.jobs.attempts', { count: job.attempts })}</span>
        {job.error && <pre class="error-text">{job.error}</pre>}
      </div>
      <RetryButton id={job.id} job={job.job} requestId={requestId} />
    </li>
  );
}

function Due({ runAt }: { runAt: Date }) {
  const { t } = useView();
  return (
    <span class="muted">
      {runAt.getTime() > Date.now() ? <Time date={runAt} /> : t('admin.jobs.due-now')}
    </span>
  );
}
