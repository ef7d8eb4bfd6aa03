import type { PartnerView } from '../../../db/partners.ts';
import { Monogram, TierBadge } from '../catalog/partner-parts.tsx';
import { useView } from '../view.ts';

/** The one partner who gets the request, and how to decide otherwise. */
export function AddresseeCard({ partner: { name, title, tier, slug } }: { partner: PartnerView }) {
  const { t } = useView();
  return (
    <section class="panel addressee" aria-labelledby="addressee">
      <h2 id="addressee" class="addressee-label">
        {t('request-form.addressee')}
      </h2>
      <div class="addressee-card">
        <Monogram name={name} />
        <div>
          <p class="addressee-name">
            <a href={`/partners/${encodeURIComponent(slug)}`}>{name}</a> <TierBadge tier={tier} />
          </p>
          <p>{title}</p>
        </div>
      </div>
      <ul class="addressee-other">
        <li>
          <a href="/requests/new">{t('request-form.match-instead')}</a>
        </li>
        <li>
          <a href="/">{t('request-form.choose-other')}</a>
        </li>
      </ul>
    </section>
  );
}
