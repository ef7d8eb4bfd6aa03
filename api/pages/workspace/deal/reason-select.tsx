import { PARTNER_REASONS } from '../../../../domain/deal-life.ts';
import { useView } from '../../view.ts';

/** Why is the deal lost? */
export function ReasonSelect({ id, error }: { id: string; error?: string | undefined }) {
  const { t } = useView();
  return (
    <div class={error ? 'field wrong' : 'field'}>
      <label for={id}>{t('deal.reason')}</label>
      <select
        id={id}
        name="lostReason"
        required
        aria-invalid={error ? 'true' : undefined}
        aria-describedby={error && `${id}-error`}
      >
        <option value="">{t('deal.reason-choose')}</option>
        {PARTNER_REASONS.map((reason) => (
          <option value={reason}>{t(`lost.${reason}`)}</option>
        ))}
      </select>
      {error && (
        <p class="error" id={`${id}-error`}>
          {error}
        </p>
      )}
    </div>
  );
}
