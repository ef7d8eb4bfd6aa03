import { atOnce, mailsHandedOver } from '../at-once.ts';
import { answer } from '../inside.ts';
import { peerHandlers } from './flow.ts';
import { plainMailer } from './mailer.ts';
import { openPeer } from './open.ts';

const { peer, transaction } = await openPeer();
const { SMTP_URL } = process.env;
const mailer = SMTP_URL ? plainMailer(SMTP_URL) : atOnce;
const answerWindowMs = 3 * 24 * 3_600_000;
await peer.work(peerHandlers({ transaction, mailer, answerWindowMs, publicUrl: 'http://terna.example' }));
answer({ handedOver: mailsHandedOver });
