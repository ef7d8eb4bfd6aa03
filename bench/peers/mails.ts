import { insertTokens, mintToken } from '../../db/access-tokens.ts';
import { claimEmails, settleEmails } from '../../db/emails.ts';
import { type MailData, mailData } from '../../db/mail-data.ts';
import { translator } from '../../locales/translator.ts';
import { renderHtml } from '../../workers/mail/html.tsx';
import type { Mailer } from '../../workers/mail/mailer.ts';
import type { Message } from '../../workers/mail/message.ts';
import { contentOf } from '../../workers/mail/templates.ts';
import { renderText } from '../../workers/mail/text.ts';
import type { Transaction } from './flow.ts';

export interface MailFlow {
  transaction: Transaction;
  mailer: Mailer;
  publicUrl: string;
  answerWindowMs: number;
}

const TOKEN_MS = 180 * 24 * 3_600_000;

/** Claims mails, sends them, writes down that they are sent: the same two commits around SMTP as Terna's. */
export async function mailFlow(flow: MailFlow, ids: string[]): Promise<void> {
  const letters = await flow.transaction(async (tx) => {
    const claimed = await claimEmails(tx, ids);
    const mails = await mailData(
      tx,
      claimed.map(({ id }) => id),
    );
    const found = mails.map((data) => ({ data, token: data.partner ? undefined : mintToken() }));
    const tokens = found.flatMap(({ data, token }) => (token ? [{ token, subjectId: data.request.id }] : []));
    await insertTokens(tx, 'request', tokens, TOKEN_MS, true);
    return found;
  });
  await Promise.all(
    letters.map(async ({ data, token }) => {
      const message = write(flow, data, token);
      if (flow.mailer.kind === 'smtp') await flow.mailer.send(message);
    }),
  );
  await flow.transaction((tx) =>
    settleEmails(
      tx,
      letters.map(({ data }) => ({ id: data.id, status: 'sent', uncertain: false, error: null })),
    ),
  );
}

function write(flow: MailFlow, data: MailData, token: string | undefined): Message {
  const { publicUrl, answerWindowMs } = flow;
  const reader = data.partner ?? data.client;
  const link = token && `${publicUrl}/requests/${data.request.id}/${token}`;
  const context = { locale: reader.locale, link, publicUrl, answerWindowMs, feedbackWindowMs: 0 };
  const content = contentOf(data, context);
  const footer = translator(reader.locale)('mail.footer');
  return {
    messageId: `<${data.id}@${new URL(publicUrl).hostname}>`,
    to: { name: reader.name, address: reader.email },
    subject: content.subject,
    text: renderText(content, footer),
    html: renderHtml(content, reader.locale, footer),
  };
}
