import type { Template } from '../../db/emails.ts';
import type { MailData } from '../../db/mail-data.ts';
import { translator } from '../../locales/translator.ts';
import { feedbackRequest, invitation, requestRouted, requestUnmatched } from './client-templates.ts';
import type { Content } from './content.ts';
import { oneLine } from './header-text.ts';
import { leadClosed, leadNew, leadNudge } from './partner-templates.ts';
import type { MailContext, Render } from './render.ts';
import { signIn } from './sign-in-template.ts';
import { unlinked } from './unlinked.ts';

const RENDERERS: Record<Template, Render> = {
  'request-routed': requestRouted,
  'request-unmatched': requestUnmatched,
  'lead-new': leadNew,
  'lead-nudge': leadNudge,
  'lead-closed': leadClosed,
  invitation,
  'feedback-request': feedbackRequest,
  'sign-in': signIn,
};

/** The words of a mail, in its reader's language. Only our own links are links. */
export function contentOf(data: MailData, context: MailContext): Content {
  const { subject, blocks } = RENDERERS[data.template](data, context, translator(context.locale));
  return { subject: oneLine(subject), blocks: blocks.map(unlinked) };
}
