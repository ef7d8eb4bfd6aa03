import type { Mailer } from '../workers/mail/mailer.ts';

let handedOver = 0;

/** A mail transport that accepts at once: for measuring all that is around it. */
export const atOnce: Mailer = {
  kind: 'smtp',
  connections: 100,
  async send() {
    handedOver += 1;
  },
  close: () => undefined,
};

export const mailsHandedOver = () => handedOver;
