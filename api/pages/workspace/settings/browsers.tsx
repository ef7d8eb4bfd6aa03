import { useView } from '../../view.ts';
import { Part } from '../part.tsx';

/** In how many browsers the partner is signed in, and the way out of all of them. */
export function Browsers({ sessions }: { sessions: number }) {
  const { t } = useView();
  return (
    <div class="panel parts">
      <Part id="browsers" title={t('settings.browsers')} hint={t('settings.browsers-hint')}>
        <p>{t('settings.browsers-count', { count: sessions })}</p>
        <details class="sure">
          <summary class="button quiet">{t('settings.sign-out')}</summary>
          <form method="post" action="/workspace/settings/sign-out">
            <p>{t('settings.sign-out-means')}</p>
            <button type="submit" class="button danger">
              {t('settings.sign-out-now')}
            </button>
          </form>
        </details>
      </Part>
    </div>
  );
}
