import type { ApiKeyView } from '../../../../db/api-keys.ts';
import { FormKey } from '../../form-key.tsx';
import { Day } from '../../time.tsx';
import { useView } from '../../view.ts';
import { Part } from '../part.tsx';

/** A key that was made just now, with the one chance to copy it. */
export function NewKey({ value }: { value: string }) {
  const { t } = useView();
  return (
    <section class="notice good new-key" role="status" aria-labelledby="new-key-title">
      <h2 id="new-key-title">{t('settings.new-key')}</h2>
      <p>{t('settings.new-key-once')}</p>
      <p class="actions">
        <code id="new-key">{value}</code>
        <span aria-live="polite">
          <button type="button" class="button" data-copy="#new-key" data-done={t('settings.copied')} hidden>
            {t('settings.copy')}
          </button>
        </span>
      </p>
    </section>
  );
}

/** The partner's API keys, and the way to another one. */
export function Keys({ keys }: { keys: ApiKeyView[] }) {
  const { t } = useView();
  return (
    <div class="panel parts">
      <Part id="keys" title={t('settings.keys')} hint={t('settings.keys-hint')}>
        {keys.length > 0 ? (
          <ul class="key-list">
            {keys.map((key) => (
              <li>
                <KeyRow apiKey={key} />
              </li>
            ))}
          </ul>
        ) : (
          <p>{t('settings.no-keys')}</p>
        )}
        <form method="post" action="/workspace/settings/keys" class="actions">
          <FormKey />
          <button type="submit" class="button quiet">
            {t('settings.create-key')}
          </button>
          <a href="/docs" class="in-row">
            {t('settings.keys-docs')}
          </a>
        </form>
      </Part>
    </div>
  );
}

function KeyRow({ apiKey: { id, prefix, createdAt, revokedAt } }: { apiKey: ApiKeyView }) {
  const { t } = useView();
  return (
    <>
      <div>
        <code>{`${prefix}…`}</code>{' '}
        <span class={revokedAt ? 'badge' : 'badge good'}>
          {t(revokedAt ? 'settings.key-revoked' : 'settings.key-works')}
        </span>
        <p class="muted">
          {t('settings.key-created')} <Day date={createdAt} />
          {revokedAt && (
            <>
              {' · '}
              {t('settings.key-ended')} <Day date={revokedAt} />
            </>
          )}
        </p>
      </div>
      {!revokedAt && <Revoke id={id} prefix={prefix} />}
    </>
  );
}

function Revoke({ id, prefix }: { id: string; prefix: string }) {
  const { t } = useView();
  return (
    <details class="sure">
      <summary class="button quiet">
        {t('settings.revoke')} <span class="unseen">{prefix}</span>
      </summary>
      <form method="post" action={`/workspace/settings/keys/${id}/revoke`}>
        <p>{t('settings.revoke-means')}</p>
        <button type="submit" class="button danger">
          {t('settings.revoke-now')} <span class="unseen">{prefix}</span>
        </button>
      </form>
    </details>
  );
}
