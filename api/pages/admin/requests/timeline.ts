import type { Translate } from '../../../../locales/translator.ts';
import type { Story } from '../../../admin/story.ts';
import { jobWords } from '../jobs/job-words.ts';
import { dealEntry } from './deal-entry.ts';
import { mailEntry } from './mail-entry.ts';

/** One thing that happened to a request, in words. */
export interface Entry {
  at: Date;
  by: 'client' | 'partner' | 'system' | 'mail';
  words: string;
  /** A note's text, an error, a reason. */
  detail?: string | undefined;
  badges?: { words: string; tone: 'good' | 'bad' | 'active' | '' }[];
}

/** All that happened to a request, in the order of time; of one moment, in the order of cause. */
export function timelineEntries(story: Story, t: Translate): Entry[] {
  const { client, createdAt, draws, matches, mails, jobs } = story;
  const accepted: Entry = {
    at: createdAt,
    by: 'client',
    words: t('admin.event.accepted', { name: client.name }),
  };
  const entries = [
    accepted,
    ...draws.map((draw) => drawEntry(draw, t)),
    ...matches.flatMap((match) => matchEntries(match, t)),
    ...matches.flatMap(({ partner, deal }) =>
      (deal?.events ?? []).map((event) => dealEntry(event, partner.name, t)),
    ),
    ...mails.map((mail) => mailEntry(mail, client.name, t)),
    ...jobs.flatMap((job) => failureEntry(job, t)),
  ];
  return entries.sort((a, b) => a.at.getTime() - b.at.getTime());
}

function drawEntry({ no, picked, candidates, createdAt }: Story['draws'][number], t: Translate): Entry {
  const figures = { no, picked: picked.length, candidates: candidates.length };
  return { at: createdAt, by: 'system', words: t('admin.event.draw', figures) };
}

function matchEntries(match: Story['matches'][number], t: Translate): Entry[] {
  const { partner, drawNo, createdAt, droppedAt, refilledAt } = match;
  const name = partner.name;
  const asked: Entry =
    drawNo === null
      ? { at: createdAt, by: 'client', words: t('admin.event.sent-to', { partner: name }) }
      : { at: createdAt, by: 'system', words: t('admin.event.asked', { partner: name }) };
  return [
    asked,
    ...moment(droppedAt, t('admin.event.dropped', { partner: name })),
    ...moment(refilledAt, t('admin.event.refilled', { partner: name })),
  ];
}

function moment(at: Date | null, words: string): Entry[] {
  return at ? [{ at, by: 'system', words }] : [];
}

function failureEntry({ job, failedAt, error }: Story['jobs'][number], t: Translate): Entry[] {
  if (!failedAt) return [];
  const badges = [{ words: t('admin.mail-status.failed'), tone: 'bad' as const }];
  const words = t('admin.event.job-failed', { job: jobWords(t, job) });
  return [{ at: failedAt, by: 'system', words, detail: error ?? undefined, badges }];
}
