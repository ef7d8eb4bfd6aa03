import { once } from 'node:events';
import type { AddressInfo, Socket } from 'node:net';
import { SMTPServer, type SMTPServerDataStream, type SMTPServerSession } from 'smtp-server';

export interface ReceivedMail {
  messageId: string;
  /** Sender and recipients of the envelope, domains as people read them. */
  from: string;
  to: string[];
  source: string;
}

export interface SmtpSink {
  url: string;
  /** Everything that was accepted, oldest first. */
  mails: ReceivedMail[];
  /** Breaks every connection off, as when a cable is cut. */
  cut(): void;
  close(): Promise<void>;
}

/** What the server does with a mail; the default accepts. Throw to refuse: `refuse(450, 'later')`. */
export type Behave = (mail: ReceivedMail, nth: number) => Promise<void> | void;

export function refuse(responseCode: number, message: string): never {
  throw Object.assign(new Error(message), { responseCode });
}

/** A real SMTP server on loopback that keeps what it accepts. */
export async function startSmtpSink(behave: Behave = () => undefined): Promise<SmtpSink> {
  const mails: ReceivedMail[] = [];
  let count = 0;
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS', 'AUTH'],
    hideENHANCEDSTATUSCODES: false,
    // Else it takes at most 253 characters; RFC 5321 has room for 254.
    lenientAddressParsing: true,
    onData(stream, session, answer) {
      receive(stream, session)
        .then(async (mail) => {
          count += 1;
          await behave(mail, count);
          mails.push(mail);
          answer(null);
        })
        .catch((error: Error) => answer(error));
    },
  });
  const sockets = new Set<Socket>();
  server.server.on('connection', (socket: Socket) => sockets.add(socket));
  server.on('error', () => undefined);
  server.listen(0, '127.0.0.1');
  await once(server.server, 'listening');
  const { port } = server.server.address() as AddressInfo;
  const cut = () => {
    for (const socket of sockets) socket.destroy();
  };
  const close = () => new Promise<void>((resolve) => server.close(resolve));
  return { url: `smtp://127.0.0.1:${port}`, mails, cut, close };
}

async function receive(stream: SMTPServerDataStream, session: SMTPServerSession): Promise<ReceivedMail> {
  const chunks: Buffer[] = [];
  for await (const chunk of stream) chunks.push(chunk as Buffer);
  const source = Buffer.concat(chunks).toString();
  const [, messageId = ''] = /^Message-ID: (\S+)/im.exec(source) ?? [];
  const { mailFrom, rcptTo } = session.envelope;
  const from = mailFrom === false ? '' : mailFrom.address;
  return { messageId, from, to: rcptTo.map(({ address }) => address), source };
}
