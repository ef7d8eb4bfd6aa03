import { useView } from '../../view.ts';
import { jobWords } from './job-words.ts';

interface RetryProps {
  id: string;
  job: string;
  /** Comes back to this request's story; else to the list of failed jobs. */
  requestId?: string;
}

/** Has a failed job done after all. */
export function RetryButton({ id, job, requestId }: RetryProps) {
  const { t } = useView();
  return (
    <form method="post" action={`/admin/jobs/${id}/retry`}>
      {requestId && <input type="hidden" name="requestId" value={requestId} />}
      <button type="submit" class="button">
        {t('admin.jobs.retry')}
        <span class="unseen">: {jobWords(t, job)}</span>
      </button>
    </form>
  );
}
