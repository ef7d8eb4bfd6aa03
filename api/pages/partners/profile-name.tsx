import type { PartnerView } from '../../../db/partners.ts';
import { countryName } from '../../../locales/names.ts';
import { Monogram, TierBadge } from '../catalog/partner-parts.tsx';
import { useView } from '../view.ts';

interface ProfileNameProps {
  partner: Pick<PartnerView, 'name' | 'title' | 'tier' | 'type' | 'country'>;
  /** The page's own heading, or one within a page. */
  heading: 'h1' | 'h3';
}

/** Who a partner is, as its public profile begins: also in the preview that the partner sees before saving. */
export function ProfileName({ partner, heading: Heading }: ProfileNameProps) {
  const { t, locale } = useView();
  const { name, title, tier, type, country } = partner;
  return (
    <div class="profile-name">
      <Monogram name={name} big />
      <div>
        <Heading>{name}</Heading>
        <p class="profile-title">{title}</p>
        <ul class="profile-marks">
          <li>
            <TierBadge tier={tier} />
          </li>
          <li>{t(`type.${type}`)}</li>
          <li>{countryName(locale, country)}</li>
        </ul>
      </div>
    </div>
  );
}
