import { dayWords } from '../../locales/dates.ts';
import { moneyWords } from '../../locales/money.ts';
import { listOf, serviceName } from '../../locales/names.ts';
import { reasonWords } from '../../locales/reason-words.ts';
import type { Key } from '../../locales/translator.ts';
import { action, facts, heading, list, paragraph } from './content.ts';
import type { Render } from './render.ts';

/** A new deal: project, contact, reasons. */
export const leadNew: Render = (
  { request, client, partner, matches, matchId, pipeline },
  { locale, publicUrl },
  t,
) => ({
  subject: t('mail.lead-new.subject', { title: request.title }),
  blocks: [
    paragraph(t('mail.lead-new.greeting', { name: partner?.name ?? '' })),
    paragraph(t('mail.lead-new.intro', { pipeline: pipeline ?? '' })),
    heading(t('mail.lead-new.project')),
    facts([
      [t('field.title'), request.title],
      [t('field.description'), request.description],
      [
        t('field.services'),
        listOf(
          locale,
          request.services.map((slug) => serviceName(locale, slug)),
        ),
      ],
      [t('field.budget'), request.budget && moneyWords(locale, request.budget)],
      [t('field.deadline'), request.deadline && dayWords(locale, new Date(request.deadline))],
    ]),
    heading(t('mail.lead-new.contact')),
    facts([
      [t('field.name'), client.name],
      [t('field.email'), client.email],
      [t('field.phone'), client.phone],
      [t('field.company'), client.company],
    ]),
    heading(t('mail.lead-new.why')),
    list(
      (matches.find(({ id }) => id === matchId)?.reasons ?? []).map((reason) => reasonWords(locale, reason)),
    ),
    paragraph(t('mail.lead-new.shared', { others: matches.filter(({ live }) => live).length - 1 })),
    paragraph(
      t('mail.lead-new.stages', {
        progress: t('stage.in_progress'),
        lost: t('stage.lost'),
        won: t('stage.won'),
      }),
    ),
    action(t('mail.lead.open'), dealUrl(publicUrl, matchId)),
  ],
});

/** The client still waits for this partner. */
export const leadNudge: Render = ({ request, client, partner, matchId, pipeline }, { publicUrl }, t) => ({
  subject: t('mail.lead-nudge.subject', { title: request.title }),
  blocks: [
    paragraph(t('mail.lead-nudge.greeting', { name: partner?.name ?? '' })),
    paragraph(
      t('mail.lead-nudge.intro', { client: client.name, stage: t('stage.new'), pipeline: pipeline ?? '' }),
    ),
    facts([
      [t('field.email'), client.email],
      [t('field.phone'), client.phone],
    ]),
    paragraph(t('mail.lead-nudge.next', { progress: t('stage.in_progress'), lost: t('stage.lost') })),
    action(t('mail.lead.open'), dealUrl(publicUrl, matchId)),
  ],
});

/** The client chose another partner, or cancelled; of one that was erased, only which deal it was. */
export const leadClosed: Render = ({ request, client, partner, matches, matchId }, { publicUrl }, t) => {
  if (request.erased) {
    return {
      subject: t('mail.lead-closed.subject-erased'),
      blocks: [
        paragraph(t('mail.lead-closed.greeting', { name: partner?.name ?? '' })),
        paragraph(t('mail.lead-closed.erased', { lost: t('stage.lost') })),
        action(t('mail.lead.open'), dealUrl(publicUrl, matchId)),
      ],
    };
  }
  const reason = matches.find(({ id }) => id === matchId)?.lostReason;
  return {
    subject: t('mail.lead-closed.subject', { title: request.title }),
    blocks: [
      paragraph(t('mail.lead-closed.greeting', { name: partner?.name ?? '' })),
      paragraph(t('mail.lead-closed.intro', { client: client.name, lost: t('stage.lost') })),
      ...(reason ? [paragraph(t(`closed.${reason}` as Key))] : []),
      paragraph(t('mail.lead-closed.thanks')),
    ],
  };
};

/** A deal has its match's id. The page asks its partner to sign in. */
function dealUrl(publicUrl: string, matchId: string | null): string {
  return `${publicUrl}/workspace/deals/${matchId}`;
}
