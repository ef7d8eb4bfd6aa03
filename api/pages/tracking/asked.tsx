import type { WholeRequest } from '../../../db/requests.ts';
import { moneyWords } from '../../../locales/money.ts';
import { Paragraphs } from '../paragraphs.tsx';
import { Day } from '../time.tsx';
import { useView } from '../view.ts';
import { wishesOf, wishWords } from './wishes.ts';

/** What the client asked for, folded away: it knows. */
export function Asked({ request }: { request: WholeRequest }) {
  const { t, locale } = useView();
  const { project, criteria } = request;
  const wishes = wishesOf(criteria);
  return (
    <details class="asked">
      <summary>{t('tracking.asked')}</summary>
      <div class="panel">
        <Paragraphs text={project.description} />
        <dl class="facts">
          {wishes.length > 0 && (
            <>
              <dt>{t('tracking.wishes')}</dt>
              <dd>
                <ul class="tags">
                  {wishes.map((wish) => (
                    <li>{wishWords(locale, wish)}</li>
                  ))}
                </ul>
              </dd>
            </>
          )}
          {project.budget && (
            <>
              <dt>{t('field.budget')}</dt>
              <dd>{moneyWords(locale, project.budget)}</dd>
            </>
          )}
          {project.deadline && (
            <>
              <dt>{t('field.deadline')}</dt>
              <dd>
                <Day date={new Date(project.deadline)} />
              </dd>
            </>
          )}
        </dl>
      </div>
    </details>
  );
}
