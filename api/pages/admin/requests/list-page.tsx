import { type ListedRequest, STATUS_COUNTED } from '../../../../db/admin-requests.ts';
import { isErased } from '../../../../db/erased.ts';
import type { RequestStatus } from '../../../../domain/request-life.ts';
import type { Page } from '../../../cursor.ts';
import { STATUSES } from '../../../schemas-admin.ts';
import { Layout } from '../../layout.tsx';
import { Notice } from '../../notices.tsx';
import { Time } from '../../time.tsx';
import { useView } from '../../view.ts';
import { Empty, listPath, Meta, Rows, StatusBadge, Tabs, TimeLeft } from '../parts.tsx';
import { isSecret } from '../search.ts';
import { Filter, SearchForm, SearchWords } from '../search-form.tsx';

interface ListProps {
  query: { q?: string | undefined; status?: RequestStatus | undefined };
  /** Something of what was asked for is unknown or too long, and was left out. */
  flawed: boolean;
  found: Page<ListedRequest>;
  counts: Map<RequestStatus, number>;
}

const PATH = '/admin/requests';

/** What clients asked for, newest first: by status, and by title or whole e-mail address. */
export function RequestListPage({ query, flawed, found, counts }: ListProps) {
  const { t } = useView();
  return (
    <Layout title={t('nav.requests')} area="admin" width="full">
      <h1>{t('nav.requests')}</h1>
      <StatusTabs query={query} counts={counts} />
      <Search query={query} />
      {flawed && <Notice kind="info">{t('admin.flawed')}</Notice>}
      <Results query={query} found={found} />
    </Layout>
  );
}

function StatusTabs({ query: { q, status: chosen }, counts }: Pick<ListProps, 'query' | 'counts'>) {
  const { t } = useView();
  const total = [...counts.values()].reduce((sum, n) => sum + n, 0);
  const tabs = [
    { href: PATH, label: t('admin.all'), count: total, current: !q && !chosen },
    ...STATUSES.map((status) => ({
      href: listPath(PATH, { status }),
      label: t(`admin.status.${status}`),
      count: counts.get(status) ?? 0,
      current: !q && chosen === status,
    })),
  ];
  return (
    <>
      <Tabs label={t('admin.requests.by-status')} tabs={tabs} />
      {total >= STATUS_COUNTED && <p class="hint">{t('admin.requests.counted', { count: total })}</p>}
    </>
  );
}

function Search({ query: { q, status } }: Pick<ListProps, 'query'>) {
  const { t } = useView();
  const statuses = STATUSES.map((each) => ({ value: each, label: t(`admin.status.${each}`) }));
  return (
    <SearchForm path={PATH} method="post">
      <SearchWords label={t('admin.requests.q')} value={q} />
      <Filter name="status" label={t('admin.requests.status')} chosen={status} options={statuses} />
    </SearchForm>
  );
}

function Results({ query, found: { data, page } }: Pick<ListProps, 'query' | 'found'>) {
  const { t } = useView();
  const { q, status } = query;
  const next = page.nextCursor;
  if (data.length === 0 && !q && !status) {
    return (
      <Empty title={t('admin.requests.none-title')}>
        <p>{t('admin.requests.none')}</p>
      </Empty>
    );
  }
  return (
    <>
      {q && (
        <p role="status" class="found">
          {t('admin.requests.found', { q })} <a href={PATH}>{t('admin.clear')}</a>
        </p>
      )}
      {data.length === 0 ? (
        <Empty title={t('admin.requests.no-match')}>
          <p>{t(q ? 'admin.requests.no-match-q' : 'admin.requests.no-match-status')}</p>
        </Empty>
      ) : (
        <Rows next={isSecret(q) ? null : next && listPath(PATH, { q, status, cursor: next })}>
          {data.map((request) => (
            <RequestRow request={request} />
          ))}
        </Rows>
      )}
      {isSecret(q) && next && <MoreFound query={query} cursor={next} />}
    </>
  );
}

function RequestRow({ request }: { request: ListedRequest }) {
  const { t } = useView();
  const { id, title, status, mode, client, matches, answerDueAt, createdAt } = request;
  return (
    <li class="row">
      <div class="row-head">
        <h2>
          <a href={`${PATH}/${id}`}>{isErased(client) ? t('erased.title') : title}</a>
        </h2>
        <StatusBadge status={status} />
      </div>
      <Meta
        facts={[
          <>
            {client.name} <span class="muted">{client.email}</span>
          </>,
          <Time date={createdAt} />,
          t('admin.requests.partners', { count: matches }),
          mode === 'manual' && t('admin.mode.manual'),
          <TimeLeft status={status} dueAt={answerDueAt} />,
        ]}
      />
    </li>
  );
}

/** More of what was searched for: posted too. */
function MoreFound({ query: { q, status }, cursor }: Pick<ListProps, 'query'> & { cursor: string }) {
  const { t } = useView();
  return (
    <form method="post" action={PATH} class="more">
      {Object.entries({ q, status, cursor }).map(([name, value]) =>
        value ? <input type="hidden" name={name} value={value} /> : null,
      )}
      <button type="submit" class="button quiet">
        {t('admin.more')}
      </button>
    </form>
  );
}
