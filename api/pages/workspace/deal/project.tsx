import type { DealView } from '../../../../db/deals.ts';
import { moneyWords } from '../../../../locales/money.ts';
import { countryName, languageName, serviceName } from '../../../../locales/names.ts';
import { Paragraphs } from '../../paragraphs.tsx';
import { Day } from '../../time.tsx';
import { useView } from '../../view.ts';

/** What the client wants done. */
export function Project({ deal: { project, criteria, createdAt } }: { deal: DealView }) {
  const { t, locale } = useView();
  return (
    <section class="panel" aria-labelledby="project">
      <h2 id="project">{t('deal.project')}</h2>
      <Paragraphs text={project.description} />
      <dl class="facts">
        {criteria.services.length > 0 && (
          <>
            <dt>{t('field.services')}</dt>
            <dd>
              <ul class="tags">
                {criteria.services.map((slug) => (
                  <li>{serviceName(locale, slug)}</li>
                ))}
              </ul>
            </dd>
          </>
        )}
        <dt>{t('field.budget')}</dt>
        <dd>{project.budget ? moneyWords(locale, project.budget) : t('deal.open')}</dd>
        <dt>{t('field.deadline')}</dt>
        <dd>{project.deadline ? <Day date={new Date(project.deadline)} /> : t('deal.open')}</dd>
        {criteria.language && (
          <>
            <dt>{t('deal.asked-language')}</dt>
            <dd>{languageName(locale, criteria.language)}</dd>
          </>
        )}
        {criteria.country && (
          <>
            <dt>{t('deal.asked-country')}</dt>
            <dd>{countryName(locale, criteria.country)}</dd>
          </>
        )}
        <dt>{t('deal.received')}</dt>
        <dd>
          <Day date={createdAt} />
        </dd>
      </dl>
    </section>
  );
}
