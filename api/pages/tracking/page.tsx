import { nextStatus } from '../../../domain/request-life.ts';
import type { Key } from '../../../locales/translator.ts';
import { Layout } from '../layout.tsx';
import { Notice } from '../notices.tsx';
import { Day } from '../time.tsx';
import { useView } from '../view.ts';
import { ConfirmAddress } from './address.tsx';
import { Asked } from './asked.tsx';
import { Confirm } from './confirm.tsx';
import { Matches } from './matches.tsx';
import { OtherPartners } from './others.tsx';
import type { Tracked } from './read.ts';
import { Status } from './status.tsx';
import { Steps } from './steps.tsx';
import { Widen } from './widen-form.tsx';

/** What was just done, as `?done=` says it. */
export const DONE = ['chosen', 'forwarded', 'widened', 'cancelled', 'confirmed'] as const;

interface TrackingProps {
  tracked: Tracked;
  /** The address of this page without a query. */
  page: string;
  /** It was opened by the link that the client got by mail. */
  byMail: boolean;
  isNew?: boolean;
  done?: (typeof DONE)[number] | undefined;
  /** Why what was asked for could not be done. */
  refused?: Key;
}

/** The client's page of its request: where it stands, who has it, and what the client can do now. */
export function TrackingPage({ tracked, page, byMail, isNew = false, done, refused }: TrackingProps) {
  const { t } = useView();
  const { project, client, mode, createdAt } = tracked.request;
  return (
    <Layout title={project.title}>
      {isNew && (
        <Notice kind="good">
          <p>
            <strong>{t('tracking.thanks', { name: client.name })}</strong>
          </p>
          <p>{t('tracking.thanks-next', { mode })}</p>
        </Notice>
      )}
      {done && <Notice kind="good">{t(`tracking.done.${done}`)}</Notice>}
      {refused && <Notice kind="bad">{t(refused)}</Notice>}
      <header class="tracking-head">
        <p class="muted">
          {t('tracking.eyebrow')} · <Day date={createdAt} />
        </p>
        <h1>{project.title}</h1>
        <Asked request={tracked.request} />
      </header>
      <Live tracked={tracked} page={page} byMail={byMail} />
    </Layout>
  );
}

/** All that others can change: brought up to date while the page is open. */
function Live({ tracked, page, byMail }: Pick<TrackingProps, 'tracked' | 'page' | 'byMail'>) {
  const { t, path } = useView();
  const { request, others, widening, version } = tracked;
  const { status, mode, criteria } = request;
  return (
    <section
      id="request"
      aria-label={t('tracking.live')}
      data-live={`${page}/state`}
      data-version={version}
      hx-get={path}
      hx-trigger="refresh"
      hx-target="this"
      hx-select="#request"
      hx-swap="outerMorph"
    >
      {status !== 'cancelled' && <Steps status={status} mode={mode} />}
      <Status tracked={tracked} />
      <ConfirmAddress tracked={tracked} page={page} byMail={byMail} />
      {status === 'received' && (
        <noscript>
          <p>
            <a class="button quiet" href={page}>
              {t('tracking.reload')}
            </a>
          </p>
        </noscript>
      )}
      {widening && <Widen {...widening} criteria={criteria} page={page} />}
      {others && <OtherPartners tracked={tracked} others={others} page={page} />}
      <Matches tracked={tracked} page={page} />
      {nextStatus(status, 'cancelled') && (
        <div class="cancel">
          <Confirm
            action={`${page}/cancel`}
            label={t('tracking.cancel')}
            kind="danger"
            confirm={t('tracking.cancel-yes')}
          >
            {t('tracking.cancel-what')}
          </Confirm>
        </div>
      )}
    </section>
  );
}
