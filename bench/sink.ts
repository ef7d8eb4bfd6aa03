import { type AddressInfo, createServer, type Socket } from 'node:net';
import { answer, now } from './inside.ts';

/*
 * The mail server of all sides: takes everything, answers pipelined commands, keeps each mail's Message-ID and
 * when it was accepted. As cheap as a server in Node can be, so that it is no part of what is measured.
 */
export interface Sunk {
  count: number;
  /** Different Message-IDs. */
  distinct: number;
  /** Mean size, headers included. */
  bytes: number;
  lastAt: number;
}

const END = Buffer.from('\r\n.\r\n');
const EHLO = '250-sink\r\n250-PIPELINING\r\n250-8BITMIME\r\n250 SIZE 10485760\r\n';

let acceptedAt = new Map<string, number>();
let count = 0;
let bytes = 0;
let lastAt = 0;

const server = createServer({ noDelay: true }, (socket) => {
  let rest: Buffer = Buffer.alloc(0);
  let inData = false;
  socket.write('220 sink\r\n');
  socket.on('error', () => undefined);
  socket.on('data', (chunk) => {
    rest = rest.length > 0 ? Buffer.concat([rest, chunk]) : chunk;
    let replies = '';
    for (;;) {
      const end = rest.indexOf(inData ? END : '\r\n');
      if (end < 0) break;
      if (inData) {
        accept(rest.subarray(0, end));
        replies += '250 ok\r\n';
        inData = false;
        rest = rest.subarray(end + END.length);
      } else {
        const verb = rest.toString('latin1', 0, 4).toUpperCase();
        rest = rest.subarray(end + 2);
        if (verb === 'QUIT') return leave(socket, replies);
        inData = verb === 'DATA';
        replies += inData ? '354 go on\r\n' : verb === 'EHLO' ? EHLO : '250 ok\r\n';
      }
    }
    if (replies) socket.write(replies);
  });
});

function leave(socket: Socket, replies: string): void {
  socket.end(`${replies}221 bye\r\n`);
}

function accept(mail: Buffer): void {
  const at = mail.indexOf('Message-ID: <') + 13;
  const id = mail.toString('latin1', at, mail.indexOf('@', at));
  lastAt = now();
  count += 1;
  bytes += mail.length;
  acceptedAt.set(id, lastAt);
}

server.listen(0, '127.0.0.1', () =>
  answer({
    url: () => `smtp://127.0.0.1:${(server.address() as AddressInfo).port}`,
    sunk: (): Sunk => ({ count, distinct: acceptedAt.size, bytes: bytes / count, lastAt }),
    accepted: () => [...acceptedAt],
    forget: () => {
      acceptedAt = new Map();
      count = 0;
      bytes = 0;
    },
  }),
);
