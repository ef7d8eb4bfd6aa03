import type { MailData } from '../../db/mail-data.ts';
import { reasonsFor } from '../../domain/reasons.ts';
import { translator } from '../../locales/translator.ts';
import { renderHtml } from '../../workers/mail/html.tsx';
import { contentOf } from '../../workers/mail/templates.ts';
import { renderText } from '../../workers/mail/text.ts';
import { bodyOf, rowOf } from '../requests.ts';

/**
 * The four mails of a routed request, written once: the words that Terna makes for one request, so that what is
 * sent is of the same size and has the same characters.
 */
export function letters() {
  return [0, 1, 2, 3].map((no) => {
    const { client, project, criteria } = rowOf(bodyOf(no));
    const locale = no % 2 === 0 ? 'pt-BR' : 'en';
    const partner = {
      id: 'p',
      name: `Partner ${no}`,
      email: `partner-${no}@partners.example`,
      locale,
    } as const;
    const data: MailData = {
      id: 'm',
      template: no === 0 ? 'request-routed' : 'lead-new',
      request: { id: ID, mode: 'automated', ...project, services: criteria.services, erased: false },
      client: { ...client, locale },
      partner: no === 0 ? null : partner,
      matches: [0, 1, 2].map((index) => ({
        id: String(index),
        name: `Partner ${index * 3_001}`,
        title: `CRM and campaigns, no. ${index * 3_001}`,
        reasons: reasonsFor(WISHES, {
          speaksFirst: true,
          completedProjects: 0,
          reviewCount: 0,
          ratingSum: 0,
        }),
        live: true,
        lostReason: null,
      })),
      matchId: no === 0 ? null : '1',
      pipeline: 'SendPulse Leads',
    };
    const publicUrl = 'http://terna.example';
    const link = no === 0 ? `${publicUrl}/requests/${ID}/${'x'.repeat(43)}` : undefined;
    const windows = { answerWindowMs: 259_200_000, feedbackWindowMs: 0 };
    const content = contentOf(data, { locale, link, publicUrl, ...windows });
    const footer = translator(locale)('mail.footer');
    const reader = data.partner ?? data.client;
    return {
      from: 'Terna <no-reply@terna.example>',
      to: { name: reader.name, address: reader.email },
      subject: content.subject,
      text: renderText(content, footer),
      html: renderHtml(content, locale, footer),
      headers: { 'Auto-Submitted': 'auto-generated' },
    };
  });
}

const WISHES = { services: ['crm-setup', 'consulting-and-audit'], language: 'pt', country: 'BR' };
const ID = '0192a5c0-0000-7000-8000-000000000000';
