import { createTransport } from 'nodemailer';
import type { Mailer } from '../../workers/mail/mailer.ts';
import { SMTP_CONNECTIONS } from '../settings.ts';

/** Mails as nodemailer's own documentation sends them, over as many connections as all sides have. */
export function plainMailer(url: string): Mailer {
  const transport = createTransport({
    url,
    pool: true,
    maxConnections: SMTP_CONNECTIONS,
    maxMessages: Number.POSITIVE_INFINITY,
  });
  const from = 'Terna <no-reply@terna.example>';
  return {
    kind: 'smtp',
    connections: SMTP_CONNECTIONS,
    close: () => transport.close(),
    send: async (message) =>
      void (await transport.sendMail({ ...message, from, headers: { 'Auto-Submitted': 'auto-generated' } })),
  };
}
