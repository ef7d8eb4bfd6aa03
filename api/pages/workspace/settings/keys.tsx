import type { ApiKeyView } from '../../../../db/own-api-keys.ts';
import type { Key } from '../../../../locales/translator.ts';
import type { FormState } from '../../forms.ts';
import { Day, Time } from '../../time.tsx';
import { useView } from '../../view.ts';
import { Part } from '../part.tsx';
import { NewKeyForm } from './new-key.tsx';

/** The partner's API keys, and the way to another one; `form` has what was typed of it. */
export function Keys({ keys, form }: { keys: ApiKeyView[]; form: FormState }) {
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
        <NewKeyForm form={form} />
        <p>
          <a href="/docs" class="alone">
            {t('settings.keys-docs')}
          </a>
        </p>
      </Part>
    </div>
  );
}

function KeyRow({ apiKey }: { apiKey: ApiKeyView }) {
  const { t } = useView();
  const { prefix, name, scope, works, replacedAt } = apiKey;
  const state = stateOf(apiKey);
  return (
    <>
      <div class="key">
        {name && (
          <>
            <strong>
              <bdi>{name}</bdi>
            </strong>{' '}
          </>
        )}
        <code>{`${prefix}…`}</code>{' '}
        <span class={state === 'settings.key-works' ? 'badge good' : 'badge'}>{t(state)}</span>{' '}
        {scope === 'read' && <span class="badge">{t('settings.key-read-only')}</span>}
        <p class="muted">
          <KeyDates apiKey={apiKey} />
        </p>
      </div>
      {works && (
        <div class="key-actions">
          {!replacedAt && <Replace apiKey={apiKey} />}
          <Revoke apiKey={apiKey} />
        </div>
      )}
    </>
  );
}

function stateOf({ works, replacedAt, revokedAt }: ApiKeyView): Key {
  if (revokedAt) return 'settings.key-revoked';
  if (replacedAt) return 'settings.key-replaced';
  return works ? 'settings.key-works' : 'settings.key-expired';
}

function KeyDates({ apiKey }: { apiKey: ApiKeyView }) {
  const { t } = useView();
  const { works, createdAt, lastUsedAt, expiresAt, revokedAt } = apiKey;
  return (
    <>
      {t('settings.key-created')} <Day date={createdAt} />
      {' · '}
      {lastUsedAt ? t('settings.key-used') : t('settings.key-unused')}{' '}
      {lastUsedAt && <Time date={lastUsedAt} />}
      {expiresAt && !revokedAt && (
        <>
          {' · '}
          {t(works ? 'settings.key-until' : 'settings.key-over')} <Time date={expiresAt} />
        </>
      )}
      {revokedAt && (
        <>
          {' · '}
          {t('settings.key-ended')} <Day date={revokedAt} />
        </>
      )}
    </>
  );
}

/** Which key a button is about, for those who do not see it beside the key. */
const labelOf = ({ name, prefix }: ApiKeyView) => [name, prefix].filter(Boolean).join(' ');

function Replace({ apiKey }: { apiKey: ApiKeyView }) {
  const { t } = useView();
  return (
    <details class="sure">
      <summary class="button quiet">
        {t('settings.replace')} <span class="unseen">{labelOf(apiKey)}</span>
      </summary>
      <form method="post" action={`/workspace/settings/keys/${apiKey.id}/replace`}>
        <p>{t('settings.replace-means')}</p>
        <button type="submit" class="button">
          {t('settings.replace-now')} <span class="unseen">{labelOf(apiKey)}</span>
        </button>
      </form>
    </details>
  );
}

function Revoke({ apiKey }: { apiKey: ApiKeyView }) {
  const { t } = useView();
  return (
    <details class="sure">
      <summary class="button quiet">
        {t('settings.revoke')} <span class="unseen">{labelOf(apiKey)}</span>
      </summary>
      <form method="post" action={`/workspace/settings/keys/${apiKey.id}/revoke`}>
        <p>{t('settings.revoke-means')}</p>
        <button type="submit" class="button danger">
          {t('settings.revoke-now')} <span class="unseen">{labelOf(apiKey)}</span>
        </button>
      </form>
    </details>
  );
}
