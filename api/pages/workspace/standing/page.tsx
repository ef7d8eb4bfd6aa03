import type { Funnels } from '../../../../db/funnel.ts';
import type { Standing } from '../../../../db/profiles.ts';
import { Layout } from '../../layout.tsx';
import { useView } from '../../view.ts';
import { FunnelPart } from './funnel.tsx';
import { Place, RankAdvice, RankParts } from './rank.tsx';

interface StandingProps {
  standing: Standing;
  funnels: Funnels;
  /** How long ago the funnel's latest span begins. */
  days: number;
}

/** Where the partner stands in the catalog and why, and what became of the requests it got. */
export function StandingPage({ standing, funnels, days }: StandingProps) {
  const { t } = useView();
  return (
    <Layout title={t('standing.title')} area="workspace">
      <div class="page-head">
        <h1>{t('standing.title')}</h1>
      </div>
      <div class="rank-grid">
        <Place standing={standing} />
        <RankParts standing={standing} />
        <RankAdvice standing={standing} />
      </div>
      <FunnelPart funnels={funnels} days={days} />
    </Layout>
  );
}
