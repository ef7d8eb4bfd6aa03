import type { FailedJob, JobSubject } from '../../../../db/failed-jobs.ts';
import type { Page } from '../../../cursor.ts';
import { BOARD_PATH } from '../../../ops/board.ts';
import { Layout } from '../../layout.tsx';
import { Notice } from '../../notices.tsx';
import { useView } from '../../view.ts';
import { Empty, listPath, Meta, Moment, Rows } from '../parts.tsx';
import { jobWords } from './job-words.ts';
import { RetryButton } from './retry-button.tsx';

type Failed = Omit<FailedJob, 'place'>;

interface JobsProps {
  found: Page<Failed>;
  /** The requests that the jobs are about. */
  subjects: JobSubject[];
  /** The queues' dashboard is there. */
  hasBoard: boolean;
  done?: boolean;
  problem?: string;
}

/** Jobs that failed for good, each with what it is about, why it failed, and a way to do it after all. */
export function FailedJobsPage({ found, subjects, hasBoard, done = false, problem }: JobsProps) {
  const { t } = useView();
  const { nextCursor } = found.page;
  return (
    <Layout title={t('nav.jobs')} area="admin" width="full">
      <div class="page-head">
        <h1>{t('nav.jobs')}</h1>
        {hasBoard && (
          <a class="button quiet" href={BOARD_PATH}>
            {t('admin.jobs.board')}
          </a>
        )}
      </div>
      <p class="hint admin-intro">{t('admin.jobs.intro')}</p>
      {done && <Notice kind="good">{t('admin.jobs.retried')}</Notice>}
      {problem && <Notice kind="bad">{problem}</Notice>}
      {found.data.length === 0 ? (
        <Empty title={t('admin.jobs.none-title')}>
          <p>{t('admin.jobs.none')}</p>
        </Empty>
      ) : (
        <Rows next={nextCursor && listPath('/admin/jobs', { cursor: nextCursor })}>
          {found.data.map((job) => (
            <JobRow job={job} subject={subjects.find(({ id }) => names(job, id))} />
          ))}
        </Rows>
      )}
    </Layout>
  );
}

/** Whether an id is in the job's payload. */
function names({ payload }: Failed, id: string): boolean {
  return Object.values(payload ?? {}).some((value) => String(value).toLowerCase() === id);
}

function JobRow({ job, subject }: { job: Failed; subject: JobSubject | undefined }) {
  const { t } = useView();
  const { id, job: name, error, failedAt, attempts, payload } = job;
  return (
    <li class="row with-action">
      <div>
        <h2>
          {jobWords(t, name)} <code>{name}</code>
        </h2>
        <p class="about">
          {subject ? (
            <a href={`/admin/requests/${subject.requestId}`}>{subject.title}</a>
          ) : (
            <code>{JSON.stringify(payload)}</code>
          )}
        </p>
        <pre class="error-text">{error ?? t('admin.jobs.no-error')}</pre>
        <Meta
          facts={[
            <Moment label={t('admin.jobs.failed')} date={failedAt} />,
            t('admin.jobs.attempts', { count: attempts }),
          ]}
        />
      </div>
      <RetryButton id={id} job={name} />
    </li>
  );
}
