import { smtpMailer } from '../../workers/mail/mailer.ts';
import { atOnce, mailsHandedOver } from '../at-once.ts';
import { answer } from '../inside.ts';
import { SMTP_CONNECTIONS } from '../settings.ts';
import { peerHandlers } from './flow.ts';
import { openPeer } from './open.ts';

const { peer, transaction } = await openPeer();
const { SMTP_URL } = process.env;
const mailer = SMTP_URL ? smtpMailer(SMTP_URL, 'Terna <no-reply@terna.example>', SMTP_CONNECTIONS) : atOnce;
const answerWindowMs = 3 * 24 * 3_600_000;
await peer.work(peerHandlers({ transaction, mailer, answerWindowMs, publicUrl: 'http://terna.example' }));
answer({ handedOver: mailsHandedOver });
