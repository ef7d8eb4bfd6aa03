import { Router } from 'express';
import { renderToString } from 'preact-render-to-string';
import { type CapturedMail, listCaptured } from '../db/captured-mails.ts';
import type { Locale } from '../domain/catalog.ts';
import { type Translate, translator } from '../locales/translator.ts';
import type { ApiDeps } from './deps.ts';
import { localeOf } from './locale.ts';
import { parse } from './problem.ts';
import { devMailQuery } from './schemas.ts';

/** What would have been sent. Mounted only where mail is captured: it shows every mail to everybody. */
export function devMailRoutes({ db }: ApiDeps): Router {
  const router = Router();

  router.get('/mail.json', async (request, response) => {
    const mails = await listCaptured(db, parse(devMailQuery, request.query));
    response.json({ data: mails.map(({ id: _, ...mail }) => mail) });
  });

  router.get('/mail', async (request, response) => {
    const { to } = parse(devMailQuery, request.query);
    const locale = localeOf(request);
    const mails = await listCaptured(db, { to, limit: 50 });
    // Mails are dressed with inline styles; nothing in them may run.
    response.set(
      'Content-Security-Policy',
      "default-src 'none'; style-src 'unsafe-inline'; frame-src 'self'; form-action 'self'",
    );
    response
      .vary('Accept-Language')
      .type('html')
      .send(page(mails, to, locale));
  });

  return router;
}

function page(mails: CapturedMail[], to: string | undefined, locale: Locale): string {
  const t = translator(locale);
  const when = new Intl.DateTimeFormat(locale, { dateStyle: 'short', timeStyle: 'medium' });
  return `<!doctype html>${renderToString(
    <html lang={locale}>
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width" />
        <title>{t('dev-mail.title')}</title>
        <style>{STYLE}</style>
      </head>
      <body>
        <h1>{t('dev-mail.title')}</h1>
        <p>{t('dev-mail.intro')}</p>
        <form>
          <label>
            {t('dev-mail.to')} <input type="search" name="to" value={to ?? ''} />
          </label>{' '}
          <button type="submit">{t('dev-mail.filter')}</button>
        </form>
        {mails.length === 0 && <p>{t('dev-mail.empty')}</p>}
        {mails.map((mail) => (
          <Mail mail={mail} when={when.format(mail.createdAt)} t={t} />
        ))}
      </body>
    </html>,
  )}`;
}

function Mail({ mail, when, t }: { mail: CapturedMail; when: string; t: Translate }) {
  return (
    <details>
      <summary>
        <b>{mail.subject}</b>
        <br />
        {mail.to} · {mail.template} · {mail.locale} · {when}
      </summary>
      <iframe sandbox="allow-popups" srcDoc={mail.html} title={mail.subject} loading="lazy" />
      <h2>{t('dev-mail.text')}</h2>
      <pre>{mail.text}</pre>
    </details>
  );
}

const STYLE = `:root{color-scheme:light dark}body{font:16px/1.5 system-ui,sans-serif;max-width:760px;margin:2rem auto;padding:0 1rem}
details{border:1px solid #8886;border-radius:8px;margin:.75rem 0;padding:.75rem 1rem}summary{cursor:pointer;overflow-wrap:anywhere}
iframe{width:100%;height:560px;border:0;background:#fff;margin-top:1rem}pre{white-space:pre-wrap;overflow-wrap:anywhere}`;
