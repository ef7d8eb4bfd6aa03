import type { Profile } from '../../../../db/profiles.ts';
import { PartnerCard } from '../../catalog/partner-card.tsx';
import { Paragraphs } from '../../paragraphs.tsx';
import { ProfileName } from '../../partners/profile-name.tsx';
import { useView } from '../../view.ts';

/** The catalog's card and the head of the profile as clients would see them. Nothing is saved. */
export function Preview({ partner }: { partner: Profile }) {
  const { t } = useView();
  return (
    <section class="preview" id="preview" aria-labelledby="preview-title">
      <div class="preview-head" role="status">
        <h2 id="preview-title">{t('me.preview-title')}</h2>
        <p>{t('me.preview-unsaved')}</p>
      </div>
      <div class="preview-both">
        <div>
          <p class="preview-label">{t('me.preview-card')}</p>
          <PartnerCard partner={partner} />
        </div>
        <div>
          <p class="preview-label">{t('me.preview-page')}</p>
          <PreviewHead partner={partner} />
        </div>
      </div>
    </section>
  );
}

function PreviewHead({ partner }: { partner: Profile }) {
  const { t } = useView();
  return (
    <div class="panel preview-page">
      <ProfileName partner={partner} heading="h3" />
      {partner.about ? <Paragraphs text={partner.about} /> : <p class="muted">{t('me.preview-no-about')}</p>}
    </div>
  );
}
