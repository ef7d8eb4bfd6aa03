import type { ComponentChildren } from 'preact';
import type { RequestStatus } from '../../../domain/request-life.ts';
import { durationWords } from '../../../locales/duration-words.ts';
import { More } from '../more.tsx';
import { Time } from '../time.tsx';
import { useView } from '../view.ts';

const TONES: Partial<Record<RequestStatus, 'good' | 'bad' | 'active'>> = {
  unmatched: 'bad',
  routed: 'active',
  answered: 'active',
  invited: 'bad',
  chosen: 'good',
  completed: 'good',
};

/** Where a request stands. */
export function StatusBadge({ status }: { status: RequestStatus }) {
  const { t } = useView();
  return <span class={`badge ${TONES[status] ?? ''}`}>{t(`admin.status.${status}`)}</span>;
}

/** How long partners still have to answer; nothing unless the request waits for them. */
export function TimeLeft({ status, dueAt }: { status: RequestStatus; dueAt: Date | null }) {
  const { t, locale } = useView();
  if (status !== 'routed' || !dueAt) return null;
  const leftMs = dueAt.getTime() - Date.now();
  return (
    <span class={leftMs > 0 ? '' : 'late'}>
      {leftMs > 0 ? t('admin.time-left', { time: durationWords(locale, leftMs) }) : t('admin.time-over')}
    </span>
  );
}

/** A line of small facts. Those that are null or false are left out. */
export function Meta({ facts }: { facts: ComponentChildren[] }) {
  return (
    <ul class="meta">
      {facts.filter(Boolean).map((fact) => (
        <li>{fact}</li>
      ))}
    </ul>
  );
}

/** A label with a moment: `Failed Jan 31, 2027, 2:05 PM UTC`. */
export function Moment({ label, date }: { label: string; date: Date }) {
  return (
    <>
      {label} <Time date={date} />
    </>
  );
}

/** Rows of a list with a link to the next page; with JavaScript, the next page comes in its place. */
export function Rows({ children, next }: { children: ComponentChildren; next: string | null }) {
  const { t, path } = useView();
  const further = path.includes('cursor=');
  return (
    <div class="page-of-rows" data-added={further || undefined}>
      <ul class="rows">{children}</ul>
      {next && <More href={next} label={t('admin.more')} select=".page-of-rows" />}
    </div>
  );
}

/** What is said where a list has nothing. */
export function Empty({ title, children }: { title: string; children?: ComponentChildren }) {
  return (
    <div class="empty panel">
      <h2>{title}</h2>
      {children}
    </div>
  );
}

export interface Tab {
  href: string;
  label: string;
  count?: number | undefined;
  current: boolean;
}

/** Ways to look at a list, as links. */
export function Tabs({ label, tabs }: { label: string; tabs: Tab[] }) {
  const { locale } = useView();
  return (
    <nav aria-label={label} class="tabs">
      <ul>
        {tabs.map(({ href, label: words, count, current }) => (
          <li>
            <a href={href} aria-current={current ? 'true' : undefined}>
              {words}
              {count !== undefined && (
                <span class="count">{` ${new Intl.NumberFormat(locale).format(count)}`}</span>
              )}
            </a>
          </li>
        ))}
      </ul>
    </nav>
  );
}

/** The address of a list with these parameters; those that are empty are left out. */
export function listPath(path: string, query: Record<string, string | null | undefined>): string {
  const given = Object.entries(query).filter((entry): entry is [string, string] => Boolean(entry[1]));
  return given.length > 0 ? `${path}?${new URLSearchParams(given)}` : path;
}
