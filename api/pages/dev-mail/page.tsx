import type { CapturedMail } from '../../../db/captured-mails.ts';
import { Layout } from '../layout.tsx';
import { useView } from '../view.ts';

/** Captured mails, newest first; new ones appear by themselves. */
export function CapturedMailPage({ mails, to }: { mails: CapturedMail[]; to: string | undefined }) {
  const { t, path } = useView();
  return (
    <Layout title={t('dev-mail.title')}>
      <h1>{t('dev-mail.title')}</h1>
      <p>{t('dev-mail.intro')}</p>
      <form class="actions mail-filter" action="/dev/mail">
        <label for="to">{t('dev-mail.to')}</label>
        <input id="to" type="search" name="to" value={to ?? ''} />
        <button type="submit" class="button quiet">
          {t('dev-mail.filter')}
        </button>
      </form>
      <section
        id="mails"
        aria-label={t('dev-mail.title')}
        data-live="/dev/mail/state"
        data-version={mails[0]?.id ?? ''}
        hx-get={path}
        hx-trigger="refresh"
        hx-select="#mails"
        hx-swap="outerMorph"
      >
        {mails.length === 0 && <p class="empty">{t(to ? 'dev-mail.nobody' : 'dev-mail.empty')}</p>}
        {mails.map((mail) => (
          <Mail mail={mail} />
        ))}
      </section>
    </Layout>
  );
}

function Mail({ mail }: { mail: CapturedMail }) {
  const { t, locale } = useView();
  const when = new Intl.DateTimeFormat(locale, { dateStyle: 'short', timeStyle: 'medium' });
  return (
    <details class="panel mail" id={`mail-${mail.id}`}>
      <summary>
        <span>
          <strong>{mail.subject}</strong>
          <br />
          <span class="muted">
            {mail.to} · {mail.template} · {mail.locale} · {when.format(mail.createdAt)}
          </span>
        </span>
      </summary>
      <iframe
        sandbox="allow-top-navigation-by-user-activation"
        src={`/dev/mail/${mail.id}`}
        title={mail.subject}
        loading="lazy"
      />
      <h2>{t('dev-mail.text')}</h2>
      <pre>{linked(mail.text)}</pre>
    </details>
  );
}

/** The text with its addresses as links. */
function linked(text: string) {
  return text
    .split(/(https?:\/\/\S+)/)
    .map((part) => (part.startsWith('http') ? <a href={part}>{part}</a> : part));
}
