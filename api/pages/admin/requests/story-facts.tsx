import type { ComponentChildren } from 'preact';
import { moneyWords } from '../../../../locales/money.ts';
import { countryName, languageName, serviceName } from '../../../../locales/names.ts';
import type { Translate } from '../../../../locales/translator.ts';
import type { Story } from '../../../admin/story.ts';
import { Confirmed } from '../../confirmed.tsx';
import { mailtoLink } from '../../mailto-link.ts';
import { Paragraphs } from '../../paragraphs.tsx';
import { Day, Time } from '../../time.tsx';
import { useView } from '../../view.ts';

/** Who asks, for what, and by which criteria. */
export function StoryFacts({ story }: { story: Story }) {
  const { t } = useView();
  return (
    <div class="story-facts">
      <section class="panel" aria-labelledby="client">
        <h2 id="client">{t('admin.story.client')}</h2>
        <Client story={story} />
      </section>
      <section class="panel" aria-labelledby="project">
        <h2 id="project">{t('admin.story.project')}</h2>
        <Project story={story} />
      </section>
      <section class="panel" aria-labelledby="criteria">
        <h2 id="criteria">{t('admin.story.criteria')}</h2>
        <Criteria story={story} />
      </section>
    </div>
  );
}

type Fact = [label: string, value: ComponentChildren];

/** Facts as a list; those without a value are left out. */
function Facts({ facts }: { facts: Fact[] }) {
  return (
    <dl class="facts">
      {facts.map(
        ([label, value]) =>
          value && (
            <>
              <dt>{label}</dt>
              <dd>{value}</dd>
            </>
          ),
      )}
    </dl>
  );
}

function Client({ story: { client, consentedAt, consentVersion, erasedAt, createdAt } }: { story: Story }) {
  const { t } = useView();
  return (
    <Facts
      facts={[
        ...(erasedAt ? [erased(t, erasedAt)] : contact(t, client)),
        [t('admin.story.locale'), t(`admin.locale.${client.locale}`)],
        [t('admin.story.sent'), <Time date={createdAt} />],
        [t('admin.story.consent'), <Time date={consentedAt} />],
        [
          t('admin.story.consent-version'),
          consentVersion
            ? t('admin.story.version', { version: consentVersion })
            : t('admin.story.no-version'),
        ],
      ]}
    />
  );
}

const erased = (t: Translate, at: Date): Fact => [t('admin.story.erased'), <Time date={at} />];

function contact(t: Translate, client: Story['client']): Fact[] {
  return [
    [t('field.name'), client.name],
    [
      t('field.email'),
      <>
        <a class="alone" href={mailtoLink(client.email)}>
          {client.email}
        </a>{' '}
        <Confirmed client={client} />
      </>,
    ],
    [t('field.phone'), client.phone],
    [t('field.company'), client.company],
  ];
}

function Project({ story: { project } }: { story: Story }) {
  const { t, locale } = useView();
  const { description, budget, deadline } = project;
  return (
    <>
      <Paragraphs text={description} />
      <Facts
        facts={[
          [t('field.budget'), budget && moneyWords(locale, budget)],
          [t('field.deadline'), deadline && <Day date={new Date(deadline)} />],
        ]}
      />
    </>
  );
}

function Criteria({ story: { criteria, mode, replacements } }: { story: Story }) {
  const { t, locale } = useView();
  const { services, country, language, partnerType, tier } = criteria;
  const any = <span class="muted">{t('catalog.any')}</span>;
  if (mode === 'manual') return <p>{t('admin.story.manual')}</p>;
  return (
    <Facts
      facts={[
        [
          t('field.services'),
          services.length > 0 ? (
            <ul class="tags">
              {services.map((slug) => (
                <li>{serviceName(locale, slug)}</li>
              ))}
            </ul>
          ) : (
            any
          ),
        ],
        [t('catalog.country'), country ? countryName(locale, country) : any],
        [t('catalog.language'), language ? languageName(locale, language) : any],
        [t('catalog.type'), partnerType ? t(`type.${partnerType}`) : any],
        [t('catalog.tier'), tier ? t(`tier.${tier}`) : any],
        [t('admin.story.replaced'), String(replacements)],
      ]}
    />
  );
}
