import type { ComponentChildren } from 'preact';
import type { Locale } from '../../domain/catalog.ts';
import type { Key } from '../../locales/translator.ts';
import { type AssetName, assetUrl } from './assets.ts';
import { useView } from './view.ts';

interface LayoutProps {
  /** What the browser's tab says before the name of the house. */
  title: string;
  /** The part of the house that the page belongs to: its navigation is shown below the header. */
  area?: 'workspace' | 'admin';
  /** Scripts that only this page needs. */
  scripts?: AssetName[];
  /** How wide the text may become: a form, a page, or all there is. */
  width?: 'narrow' | 'wide' | 'full';
  children: ComponentChildren;
}

/** The frame of every page. */
export function Layout({ title, area, scripts = [], width = 'wide', children }: LayoutProps) {
  const { t, locale } = useView();
  return (
    <html lang={locale}>
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <meta name="htmx-config" content='{"includeIndicatorCSS":false}' />
        <title>{`${title} · Terna`}</title>
        <link rel="icon" href={assetUrl('icon.svg')} type="image/svg+xml" />
        <link rel="stylesheet" href={assetUrl('terna.css')} />
        {(['htmx.js', ...scripts, 'terna.js'] as const).map((name) => (
          <script defer src={assetUrl(name)} />
        ))}
      </head>
      <body>
        <a class="skip" href="#main">
          {t('nav.skip')}
        </a>
        <Header />
        {area && <AreaNav area={area} />}
        <main id="main" class={`main ${width}`} tabIndex={-1}>
          {children}
        </main>
        <Footer />
      </body>
    </html>
  );
}

function Header() {
  const { t, viewer } = useView();
  return (
    <header class="header">
      <a class="brand" href="/">
        <img src={assetUrl('icon.svg')} alt="" width="32" height="32" />
        Terna
      </a>
      <nav aria-label={t('nav.main')} class="header-nav">
        <NavLink href="/" label="nav.catalog" />
        {viewer ? (
          <>
            <NavLink
              href={viewer.role === 'partner' ? '/workspace' : '/admin'}
              label={viewer.role === 'partner' ? 'nav.workspace' : 'nav.admin'}
              within
            />
            <form method="post" action="/sign-out" class="sign-out">
              <button type="submit" class="link" title={t('nav.signed-in', { name: viewer.name })}>
                {t('nav.sign-out')}
              </button>
            </form>
          </>
        ) : (
          <NavLink href="/sign-in" label="nav.sign-in" within />
        )}
      </nav>
    </header>
  );
}

/** `also`: other pages that belong to the link. */
const AREAS: Record<'workspace' | 'admin', [href: string, label: Key, also?: string][]> = {
  workspace: [
    ['/workspace/board', 'nav.board', '/workspace/deals'],
    ['/workspace/rank', 'nav.rank'],
    ['/workspace/reviews', 'nav.reviews'],
    ['/workspace/profile', 'nav.profile'],
    ['/workspace/pipelines', 'nav.pipelines'],
    ['/workspace/settings', 'nav.settings'],
  ],
  admin: [
    ['/admin/requests', 'nav.requests'],
    ['/admin/partners', 'nav.partners'],
    ['/admin/preview', 'nav.preview'],
    ['/admin/reviews', 'nav.moderation'],
    ['/admin/jobs', 'nav.jobs'],
    ['/admin/audit', 'nav.audit'],
    ['/admin/privacy', 'nav.privacy'],
    ['/admin/account', 'settings.account'],
  ],
};

function AreaNav({ area }: { area: 'workspace' | 'admin' }) {
  const { t } = useView();
  return (
    <nav class="area-nav" aria-label={t(`nav.${area}`)}>
      <ul>
        {AREAS[area].map(([href, label, also]) => (
          <li>
            <NavLink href={href} label={label} within also={also} />
          </li>
        ))}
      </ul>
    </nav>
  );
}

interface NavLinkProps {
  href: string;
  label: Key;
  /** The link stands for all pages below it, too. */
  within?: boolean;
  also?: string | undefined;
}

function NavLink({ href, label, within = false, also }: NavLinkProps) {
  const { t, path } = useView();
  const here = path.split('?')[0] ?? '';
  const below = (place: string) => here.startsWith(`${place}/`);
  const current = here === href || (within && below(href)) || (also && (here === also || below(also)));
  return (
    <a href={href} aria-current={current ? 'page' : undefined}>
      {t(label)}
    </a>
  );
}

const LANGUAGES: Record<Locale, string> = { en: 'English', 'pt-BR': 'Português' };

function Footer() {
  const { t, capturesMail } = useView();
  return (
    <footer class="footer">
      <p>{t('nav.about')}</p>
      <nav aria-label={t('nav.footer')}>
        {Object.entries(LANGUAGES).map(([code, name]) => (
          <LanguageLink code={code as Locale} name={name} />
        ))}
        <a href="/docs">{t('nav.docs')}</a>
        {capturesMail && <a href="/dev/mail">{t('nav.mail')}</a>}
      </nav>
    </footer>
  );
}

function LanguageLink({ code, name }: { code: Locale; name: string }) {
  const { locale, path } = useView();
  const href = `${path}${path.includes('?') ? '&' : '?'}lang=${code}`;
  return (
    <a href={href} lang={code} hreflang={code} aria-current={locale === code ? 'true' : undefined}>
      {name}
    </a>
  );
}
