import { connect } from 'node:net';
import { answer, now, pause } from './inside.ts';
import { bodyOf } from './requests.ts';

/*
 * The load generator: requests over keep-alive connections, one at a time on each. The cheapest client that is
 * one: it makes the body, reads the status and waits for the end of the answer.
 */
export interface Load {
  port: number;
  path: string;
  connections: number;
  /** Numbers of the requests: each names another client. */
  from: number;
  /** So many requests, as fast as they are answered ... */
  count?: number;
  /** ... or for so long ... */
  seconds?: number;
  /** ... or evenly, so many a second, for `seconds`. */
  perSecond?: number;
}

export interface Loaded {
  sent: number;
  /** Answers by status. */
  statuses: Record<string, number>;
  startedAt: number;
  endedAt: number;
}

const HEAD = (path: string, length: number) =>
  `POST ${path} HTTP/1.1\r\nhost: bench\r\ncontent-type: application/json\r\ncontent-length: ${length}\r\n\r\n`;

type Send = (path: string, body: string) => Promise<string>;

/** A connection that sends one request at a time. @returns the status of the answer */
function open(port: number): Promise<{ send: Send; close(): void }> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, '127.0.0.1');
    socket.setNoDelay(true);
    socket.setEncoding('latin1');
    let answered: (status: string) => void = () => undefined;
    let text = '';
    socket.on('data', (data: string) => {
      text += data;
      const head = text.indexOf('\r\n\r\n');
      if (head < 0) return;
      const length = Number(/\ncontent-length: (\d+)/i.exec(text.slice(0, head))?.[1]);
      if (Number.isNaN(length)) throw new Error(`an answer without a length: ${text.slice(0, head)}`);
      if (text.length < head + 4 + length) return;
      const status = text.slice(9, 12);
      text = '';
      answered(status);
    });
    socket.once('error', reject);
    socket.once('connect', () =>
      resolve({
        send: (path, body) =>
          new Promise((done) => {
            answered = done;
            socket.write(HEAD(path, Buffer.byteLength(body)) + body);
          }),
        close: () => socket.destroy(),
      }),
    );
  });
}

async function load({ port, path, connections, from, count, seconds, perSecond }: Load): Promise<Loaded> {
  const lines = await Promise.all(Array.from({ length: connections }, () => open(port)));
  const statuses: Record<string, number> = {};
  let sent = 0;
  const startedAt = now();
  const end = startedAt + (seconds ?? Number.POSITIVE_INFINITY) * 1_000;
  const last = count ?? Number.POSITIVE_INFINITY;
  await Promise.all(
    lines.map(async ({ send }) => {
      while (sent < last && now() < end) {
        const no = sent++;
        if (perSecond) await pause(Math.max(0, startedAt + (no * 1_000) / perSecond - now()));
        const status = await send(path, JSON.stringify(bodyOf(from + no)));
        statuses[status] = (statuses[status] ?? 0) + 1;
      }
    }),
  );
  const endedAt = now();
  for (const line of lines) line.close();
  return { sent, statuses, startedAt, endedAt };
}

answer({ load });
