import { listOf } from '../../../../locales/names.ts';
import type { Story } from '../../../admin/story.ts';
import { useView } from '../../view.ts';
import { Meta, Moment } from '../parts.tsx';

/** Which partners got to see the client's details, what of them, when, and by which consent. */
export function StoryDisclosures({ story: { disclosures } }: { story: Story }) {
  const { t, locale } = useView();
  if (disclosures.length === 0) return null;
  return (
    <section class="panel" aria-labelledby="disclosures">
      <h2 id="disclosures">{t('admin.story.disclosures')}</h2>
      <ul class="rows flat">
        {disclosures.map(({ partner, what, consentVersion, at }) => (
          <li class="row">
            <h3>
              <a href={`/admin/partners/${partner.id}`}>{partner.name}</a>
            </h3>
            <Meta
              facts={[
                listOf(
                  locale,
                  what.map((each) => t(`admin.story.disclosed-${each}`)),
                ),
                <Moment label={t('admin.story.disclosed')} date={at} />,
                consentVersion
                  ? t('admin.story.by-consent', { version: consentVersion })
                  : t('admin.story.no-version'),
              ]}
            />
          </li>
        ))}
      </ul>
    </section>
  );
}
