import { chances } from '../../../domain/chances.ts';
import { useView } from '../view.ts';

/** Somebody who may be drawn. Of a partner that is gone, the id alone. */
export interface Candidate {
  id: string;
  name: string | null;
  weight: number;
  /** What the weight comes from. */
  note?: string;
}

interface TableProps {
  caption: string;
  candidates: Candidate[];
  /** How many are drawn. */
  count: number;
  picked: string[];
}

/** Candidates with the chance of each as a bar, and who was drawn. */
export function ChanceTable({ caption, candidates, count, picked }: TableProps) {
  const { t, locale } = useView();
  const found = chances(
    candidates.map(({ weight }) => weight),
    count,
  );
  const percent = new Intl.NumberFormat(locale, { style: 'percent', maximumSignificantDigits: 2 });
  // The exact figures are in the draw's record; here they are to be compared.
  const numbers = new Intl.NumberFormat(locale, { notation: 'compact', maximumSignificantDigits: 3 });
  return (
    <table class="table chances">
      <caption>{caption}</caption>
      <thead>
        <tr>
          <th scope="col">{t('admin.draw.partner')}</th>
          <th scope="col" class="figure">
            {t('admin.draw.chance')}
          </th>
          <th scope="col" class="figure">
            {t('admin.draw.weight')}
          </th>
        </tr>
      </thead>
      <tbody>
        {candidates.map(({ id, name, weight, note }, index) => (
          <tr class={picked.includes(id) ? 'picked' : undefined}>
            <th scope="row">
              {name === null ? <code>{id}</code> : <a href={`/admin/partners/${id}`}>{name}</a>}{' '}
              {picked.includes(id) && <span class="badge good">{t('admin.draw.picked')}</span>}
              {note && <small>{note}</small>}
              <Bar part={found[index] ?? 0} />
            </th>
            <td class="figure">{percent.format(found[index] ?? 0)}</td>
            <td class="figure">{numbers.format(weight)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** A part of 1 as a bar; the figure is beside it. */
function Bar({ part }: { part: number }) {
  const width = (100 * part).toFixed(2);
  return (
    <svg class="bar" viewBox="0 0 100 6" preserveAspectRatio="none" aria-hidden="true">
      <rect class="bar-track" width="100" height="6" />
      <rect class="bar-fill" width={width} height="6" />
    </svg>
  );
}
