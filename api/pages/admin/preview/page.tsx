import type { FilterCounts } from '../../../../db/partners.ts';
import { PARTNERS_PER_REQUEST } from '../../../../domain/matching.ts';
import { listOf } from '../../../../locales/names.ts';
import type { MatchPreview } from '../../../admin/preview-match.ts';
import type { FormState } from '../../forms.ts';
import { Layout } from '../../layout.tsx';
import { ErrorSummary } from '../../notices.tsx';
import { useView } from '../../view.ts';
import { ChanceTable } from '../chance-table.tsx';
import { CriteriaForm } from './criteria-form.tsx';

interface PreviewProps {
  form: FormState;
  counts: FilterCounts;
  preview?: MatchPreview;
}

/** A draw that is not one: criteria on one side, who would be asked on the other. */
export function PreviewPage({ form, counts, preview }: PreviewProps) {
  const { t } = useView();
  return (
    <Layout title={t('nav.preview')} area="admin" width="full">
      <h1>{t('nav.preview')}</h1>
      <p>{t('admin.preview.intro')}</p>
      <ErrorSummary form={form} />
      <div class="beside">
        <CriteriaForm form={form} counts={counts} />
        {preview ? (
          <Outcome preview={preview} />
        ) : (
          <div class="empty panel">
            <h2>{t('admin.preview.empty-title')}</h2>
            <p>{t('admin.preview.empty')}</p>
          </div>
        )}
      </div>
    </Layout>
  );
}

function Outcome({
  preview: { policy, eligible, eligibleOrMore, candidates, picked },
}: {
  preview: MatchPreview;
}) {
  const { t, locale } = useView();
  const names = picked.flatMap((partner) => partner?.name ?? []);
  return (
    <section class="panel" aria-labelledby="outcome">
      <h2 id="outcome">{t('admin.preview.outcome')}</h2>
      <p role="status" class="found">
        {eligibleOrMore
          ? t('admin.preview.eligible-many', { count: eligible })
          : t('admin.preview.eligible', { count: eligible })}
      </p>
      {names.length === 0 ? (
        <p>{t('admin.preview.nobody')}</p>
      ) : (
        <p>
          {policy === 'top'
            ? t('admin.preview.asked', { partners: listOf(locale, names) })
            : t('admin.preview.drawn', { partners: listOf(locale, names) })}
        </p>
      )}
      {candidates.length > 0 && (
        <ChanceTable
          caption={t('admin.preview.candidates', { count: candidates.length })}
          count={PARTNERS_PER_REQUEST}
          picked={picked.flatMap((partner) => partner?.id ?? [])}
          candidates={candidates.flatMap(({ partner, weight, rank, liveLeads }) =>
            partner
              ? [{ ...partner, weight, note: t('admin.preview.note', { rank, count: liveLeads }) }]
              : [],
          )}
        />
      )}
    </section>
  );
}
