import { ACTOR_KINDS, type AuditFilter, type AuditRecord } from '../../../../db/audit-list.ts';
import type { Page } from '../../../cursor.ts';
import { Layout } from '../../layout.tsx';
import { Notice } from '../../notices.tsx';
import { useView } from '../../view.ts';
import { Empty, listPath, Rows } from '../parts.tsx';
import { Filter, SearchForm } from '../search-form.tsx';
import { AUDIT_PATH } from './paths.ts';
import { RecordRow } from './record-row.tsx';
import { actionWords } from './words.ts';

interface AuditProps {
  query: AuditFilter;
  /** Something of what was asked for is unknown, and was left out. */
  flawed: boolean;
  found: Page<AuditRecord>;
  /** The names of all actions on record. */
  actions: string[];
}

/** What administrators and operators did, newest first: by who they were, and by what they did. */
export function AuditPage({ query, flawed, found, actions }: AuditProps) {
  const { t } = useView();
  return (
    <Layout title={t('nav.audit')} area="admin" width="full">
      <h1>{t('nav.audit')}</h1>
      <p class="hint admin-intro">{t('admin.audit.intro')}</p>
      <Filters query={query} actions={actions} />
      {flawed && <Notice kind="info">{t('admin.flawed')}</Notice>}
      <Narrowed query={query} />
      <Records query={query} found={found} />
    </Layout>
  );
}

function Filters({ query, actions }: Pick<AuditProps, 'query' | 'actions'>) {
  const { t, locale } = useView();
  const named = actions
    .map((action) => ({ value: action, label: actionWords(t, action) }))
    .sort((a, b) => a.label.localeCompare(b.label, locale));
  const actors = ACTOR_KINDS.map((kind) => ({ value: kind, label: t(`admin.actor.${kind}`) }));
  return (
    <SearchForm path={AUDIT_PATH} method="get">
      <Filter name="actor" label={t('admin.audit.actor')} chosen={query.actor} options={actors} />
      <Filter name="action" label={t('admin.audit.action')} chosen={query.action} options={named} />
    </SearchForm>
  );
}

/** Says that only one person's or one thing's records are shown: by a link in a row, not by the form. */
function Narrowed({ query: { actorId, subjectId } }: Pick<AuditProps, 'query'>) {
  const { t } = useView();
  const id = subjectId ?? actorId;
  if (id === undefined) return null;
  return (
    <p role="status" class="found">
      {t(subjectId === undefined ? 'admin.audit.only-actor' : 'admin.audit.only-subject', { id })}{' '}
      <a href={AUDIT_PATH}>{t('admin.clear')}</a>
    </p>
  );
}

function Records({ query, found: { data, page } }: Pick<AuditProps, 'query' | 'found'>) {
  const { t } = useView();
  if (data.length === 0) {
    const isFiltered = Object.values(query).some((value) => value !== undefined);
    return (
      <Empty title={t(isFiltered ? 'admin.audit.no-match' : 'admin.audit.none-title')}>
        <p>{t(isFiltered ? 'admin.audit.try-else' : 'admin.audit.none')}</p>
      </Empty>
    );
  }
  return (
    <Rows next={page.nextCursor && listPath(AUDIT_PATH, { ...query, cursor: page.nextCursor })}>
      {data.map((record) => (
        <RecordRow record={record} />
      ))}
    </Rows>
  );
}
