import type { PartnerName } from '../../../../db/admin-partners.ts';
import type { ModeratedReview } from '../../../../db/reviews.ts';
import type { Page } from '../../../cursor.ts';
import type { FormState } from '../../forms.ts';
import { Layout } from '../../layout.tsx';
import { ErrorSummary, Notice } from '../../notices.tsx';
import { useView } from '../../view.ts';
import { Empty, listPath, Rows, Tabs } from '../parts.tsx';
import { ReviewRow } from './review-row.tsx';

/** Which reviews are shown: all, those that are hidden, those with few stars. */
export const SHOWN = ['all', 'hidden', 'low'] as const;
export type Shown = (typeof SHOWN)[number];
export type Done = 'hidden' | 'restored';

interface ModerationProps {
  shown: Shown;
  cursor: string | undefined;
  found: Page<ModeratedReview>;
  partners: Map<string, PartnerName>;
  form: FormState;
  done: Done | undefined;
}

/** What clients wrote about all partners, newest first. */
export function ModerationPage({ shown, cursor, found, partners, form, done }: ModerationProps) {
  const { t } = useView();
  const path = (which: Shown, from?: string | null) =>
    listPath('/admin/reviews', { show: which === 'all' ? null : which, cursor: from });
  const tabs = SHOWN.map((each) => ({
    href: path(each),
    label: t(`admin.reviews.${each}`),
    current: each === shown,
  }));
  const { nextCursor } = found.page;
  return (
    <Layout title={t('nav.moderation')} area="admin" width="full">
      <h1>{t('nav.moderation')}</h1>
      <p class="hint admin-intro">{t('admin.reviews.intro')}</p>
      <Tabs label={t('admin.reviews.which')} tabs={tabs} />
      {done && <Notice kind="good">{t(`admin.reviews.done-${done}`)}</Notice>}
      <ErrorSummary form={form} />
      {found.data.length === 0 ? (
        <Empty title={t(`admin.reviews.none-${shown}`)} />
      ) : (
        <Rows next={nextCursor && path(shown, nextCursor)}>
          {found.data.map((review) => (
            <ReviewRow
              review={review}
              partner={partners.get(review.partnerId)}
              form={form}
              place={{ show: shown, cursor: cursor ?? '' }}
            />
          ))}
        </Rows>
      )}
    </Layout>
  );
}
