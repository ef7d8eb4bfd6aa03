import { once } from 'node:events';
import type { AddressInfo, Socket } from 'node:net';
import { SMTPServer, type SMTPServerDataStream, type SMTPServerSession } from 'smtp-server';

/** What the mail server does with whoever comes. */
export type Manner =
  | 'accept'
  | 'refuse'
  | '421'
  | '450'
  | '550'
  | 'hang'
  | 'cut before 250'
  | 'cut after 250'
  | 'slow';

export const MANNERS: Manner[] = [
  'refuse',
  '421',
  '450',
  '550',
  'hang',
  'cut before 250',
  'cut after 250',
  'slow',
];

/** A mail that the server took: from then on it would be in somebody's mailbox. */
export interface Taken {
  id: string;
  to: string;
  /** The paths of our own that it links to. */
  links: string[];
  at: number;
}

export interface MailServer {
  url: string;
  port: number;
  taken: Taken[];
  /** Ids of mails that it refused for good. */
  refused: Set<string>;
  /** How it answers from now on, to each so many in a hundred. */
  behave(manner: Manner, percent?: number): void;
  close(): Promise<void>;
}

// It says nothing for so long, and then breaks off.
const HANGS_MS = 6_000;

/** A real SMTP server on loopback that follows a script. @param chance for whom the manner is meant */
export async function startMailServer(chance: () => number): Promise<MailServer> {
  const taken: Taken[] = [];
  const refused = new Set<string>();
  const sockets = new Map<number, Socket>();
  let manner: Manner = 'accept';
  let percent = 100;

  const socketOf = (session: SMTPServerSession) => sockets.get(session.remotePort);
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS', 'AUTH'],
    onConnect: (session, answer) => {
      if (manner === 'refuse') return void socketOf(session)?.resetAndDestroy();
      answer(manner === '421' ? Object.assign(new Error('too busy'), { responseCode: 421 }) : null);
    },
    // Who breaks off in the middle has sent nothing.
    onData: (stream, session, answer) =>
      void receive(stream, session).then(
        (mail) => settle(mail, session, answer),
        () => undefined,
      ),
  });

  async function settle(mail: Taken, session: SMTPServerSession, answer: (error?: Error | null) => void) {
    const now = chance() * 100 < percent ? manner : 'accept';
    const no = (code: number) => answer(Object.assign(new Error('not now'), { responseCode: code }));
    if (now === '450' || now === '421') return no(Number(now));
    if (now === '550') {
      refused.add(mail.id);
      return no(550);
    }
    if (now === 'hang') return void setTimeout(() => socketOf(session)?.destroy(), HANGS_MS).unref();
    if (now === 'slow') await new Promise((resolve) => setTimeout(resolve, 300 + chance() * 700));
    taken.push(mail);
    if (now === 'cut before 250') return void socketOf(session)?.destroy();
    answer(null);
    if (now === 'cut after 250') setTimeout(() => socketOf(session)?.destroy(), 2);
  }

  server.server.on('connection', (socket: Socket) => {
    const port = socket.remotePort ?? 0;
    sockets.set(port, socket);
    socket.on('close', () => sockets.delete(port));
  });
  server.on('error', () => undefined);
  server.listen(0, '127.0.0.1');
  await once(server.server, 'listening');
  const { port } = server.server.address() as AddressInfo;
  return {
    url: `smtp://127.0.0.1:${port}`,
    port,
    taken,
    refused,
    behave(next, share = 100) {
      manner = next;
      percent = share;
      // Whoever is connected already would not notice.
      if (next === 'refuse' || next === '421') for (const socket of sockets.values()) socket.destroy();
    },
    async close() {
      for (const socket of sockets.values()) socket.destroy();
      await new Promise<void>((resolve) => server.close(resolve));
    },
  };
}

async function receive(stream: SMTPServerDataStream, session: SMTPServerSession): Promise<Taken> {
  const chunks: Buffer[] = [];
  for await (const chunk of stream) chunks.push(chunk as Buffer);
  const source = Buffer.concat(chunks).toString();
  const [, id = ''] = /^Message-ID: <([^@>]*)/im.exec(source) ?? [];
  // Quoted-printable breaks lines, also in the middle of a link.
  const plain = source.replace(/=\r\n/g, '');
  const links = [...new Set(plain.match(/\/(?:feedback|sign-in|requests\/[\da-f-]{36})\/[\w-]{43}/g))];
  return { id, to: session.envelope.rcptTo[0]?.address ?? '', links, at: Date.now() };
}
