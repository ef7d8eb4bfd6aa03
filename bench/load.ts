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

interface Line {
  /** Sends one request, and waits for the answer. @returns its status */
  send(path: string, body: string): Promise<string>;
  closed(): boolean;
  close(): void;
}

/** A connection that has one request under way at a time. */
function open(port: number): Promise<Line> {
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
    socket.once('close', () => answered('closed'));
    const send: Line['send'] = (path, body) =>
      new Promise((done) => {
        answered = done;
        socket.write(HEAD(path, Buffer.byteLength(body)) + body);
      });
    const line = { send, closed: () => socket.closed, close: () => socket.destroy() };
    socket.once('connect', () => resolve(line));
  });
}

async function load(given: Load): Promise<Loaded> {
  const { port, path, from } = given;
  const lines: Line[] = [];
  const statuses: Record<string, number> = {};
  const startedAt = now();
  let sent = 0;

  async function send(line: Line): Promise<void> {
    const status = await line.send(path, JSON.stringify(bodyOf(from + sent++)));
    statuses[status] = (statuses[status] ?? 0) + 1;
  }

  /** All connections, always busy. */
  async function flood(): Promise<void> {
    const last = given.count ?? Number.POSITIVE_INFINITY;
    const end = given.count ? Number.POSITIVE_INFINITY : startedAt + (given.seconds ?? 0) * 1_000;
    lines.push(...(await Promise.all(Array.from({ length: given.connections }, () => open(port)))));
    await Promise.all(
      lines.map(async (line) => {
        while (sent < last && now() < end) await send(line);
      }),
    );
  }

  /** One after the other, whatever comes back; on the connection that was used last, for servers close idle ones. */
  async function evenly(perSecond: number, seconds: number): Promise<void> {
    const free: Line[] = [];
    const onTheWay: Promise<void>[] = [];
    for (let no = 0; no < Math.round(perSecond * seconds); no++) {
      await pause(Math.max(0, startedAt + (no * 1_000) / perSecond - now()));
      let line = free.pop();
      if (!line || line.closed()) {
        line = await open(port);
        lines.push(line);
      }
      const used = line;
      onTheWay.push(send(used).then(() => void free.push(used)));
    }
    await Promise.all(onTheWay);
  }

  await (given.perSecond ? evenly(given.perSecond, given.seconds ?? 0) : flood());
  const endedAt = now();
  for (const line of lines) line.close();
  return { sent, statuses, startedAt, endedAt };
}

answer({ load });
