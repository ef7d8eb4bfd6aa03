import type { ComponentChildren } from 'preact';
import type { PartnerView } from '../../../db/partners.ts';
import { durationWords } from '../../../locales/duration-words.ts';
import { languageName, serviceName } from '../../../locales/names.ts';
import { Star } from '../catalog/partner-parts.tsx';
import { Layout } from '../layout.tsx';
import { Paragraphs } from '../paragraphs.tsx';
import { useView } from '../view.ts';
import { ProfileName } from './profile-name.tsx';
import { Reviews, type ShownReviews } from './reviews.tsx';

/** A partner as it presents itself, what its clients say, and the way to send it a request. */
export function ProfilePage({ partner, reviews }: { partner: PartnerView; reviews: ShownReviews }) {
  const { t } = useView();
  const { name, title, about } = partner;
  return (
    <Layout title={t('profile.tab', { name, title })}>
      <p class="way-back">
        <a href="/">{t('profile.back')}</a>
      </p>
      <div class="profile">
        <ProfileHead partner={partner} />
        <aside class="profile-facts" aria-label={t('profile.facts')}>
          <ContactPanel partner={partner} />
          <Offer partner={partner} />
        </aside>
        <div class="profile-main">
          {about && (
            <section class="panel" aria-labelledby="about">
              <h2 id="about">{t('profile.about', { name })}</h2>
              <Paragraphs text={about} />
            </section>
          )}
          <Reviews partner={partner} reviews={reviews} />
        </div>
      </div>
    </Layout>
  );
}

function ProfileHead({ partner }: { partner: PartnerView }) {
  return (
    <header class="panel profile-head">
      <ProfileName partner={partner} heading="h1" />
      <Figures partner={partner} />
    </header>
  );
}

function Figures({ partner }: { partner: PartnerView }) {
  const { t, locale } = useView();
  const { rating, reviewCount, completedProjects, answerSeconds } = partner;
  const number = new Intl.NumberFormat(locale);
  const mean = new Intl.NumberFormat(locale, { minimumFractionDigits: 1, maximumFractionDigits: 1 });
  return (
    <dl class="profile-figures">
      <Figure label={t('profile.rating')} note={t('profile.of-reviews', { count: reviewCount })}>
        {rating === null ? (
          t('profile.no-rating')
        ) : (
          <>
            <Star /> {mean.format(rating)}
          </>
        )}
      </Figure>
      <Figure
        label={t('profile.projects')}
        note={completedProjects > 0 ? t('profile.projects-note') : t('profile.no-projects-note')}
      >
        {number.format(completedProjects)}
      </Figure>
      <Figure label={t('profile.answers')} note={t('profile.answers-note')}>
        {answerSeconds === null ? t('profile.answers-unknown') : durationWords(locale, answerSeconds * 1_000)}
      </Figure>
    </dl>
  );
}

function Figure({ label, note, children }: { label: string; note: string; children: ComponentChildren }) {
  return (
    <div>
      <dt>{label}</dt>
      <dd class="figure-value">{children}</dd>
      <dd class="figure-note">{note}</dd>
    </div>
  );
}

function ContactPanel({ partner: { name, slug, accepting } }: { partner: PartnerView }) {
  const { t } = useView();
  if (!accepting) {
    return (
      <section class="panel profile-call">
        <h2>{t('profile.paused-title')}</h2>
        <p>{t('profile.paused', { name })}</p>
        <a class="button big" href="/requests/new">
          {t('catalog.find')}
        </a>
      </section>
    );
  }
  return (
    <section class="panel profile-call">
      <h2>{t('profile.call-title')}</h2>
      <p>{t('profile.call', { name })}</p>
      <a class="button big" href={`/requests/new?partner=${encodeURIComponent(slug)}`}>
        {t('profile.send')}
      </a>
      <p class="profile-call-other">
        <a href="/requests/new">{t('profile.or-three')}</a>
      </p>
    </section>
  );
}

function Offer({ partner: { services, languages } }: { partner: PartnerView }) {
  const { t, locale } = useView();
  return (
    <section class="panel profile-offer" aria-labelledby="offer">
      <h2 id="offer">{t('field.services')}</h2>
      <ul class="tags">
        {services.map((service) => (
          <li>{serviceName(locale, service)}</li>
        ))}
      </ul>
      <h2>{t('profile.languages')}</h2>
      <ul class="tags">
        {languages.map(({ code, primary }) => (
          <li>
            {languageName(locale, code)}
            {primary && <span class="language-primary"> · {t('profile.primary')}</span>}
          </li>
        ))}
      </ul>
    </section>
  );
}
