import { Agent, request } from 'node:http';
import { openRaw } from '../helpers/http-raw.ts';
import type { Call } from './call.ts';

/** What came back. `status` is 0 when the line was closed without an answer. */
export interface Heard {
  status: number;
  headers: Headers;
  bytes: Buffer;
  /** From the first byte sent to the last one heard. */
  ms: number;
}

// Whoever says nothing for so long hangs.
const PATIENCE_MS = 10_000;

/** Sends calls to a port of this machine, as they are. */
export function wire(port: number): { send(call: Call): Promise<Heard>; close(): void } {
  const agent = new Agent({ keepAlive: true });
  return {
    send: (call) => (call.announced === undefined ? ask(port, agent, call) : misannounce(port, call)),
    close: () => agent.destroy(),
  };
}

function ask(port: number, agent: Agent, { method, path, headers, body }: Call): Promise<Heard> {
  const began = performance.now();
  return new Promise((resolve, reject) => {
    const length = body === undefined ? {} : { 'content-length': String(body.length) };
    const sent = request({
      host: '127.0.0.1',
      port,
      agent,
      method,
      path,
      headers: { ...headers, ...length },
    });
    sent.setTimeout(PATIENCE_MS, () => sent.destroy(new Error(`no answer within ${PATIENCE_MS} ms`)));
    sent.on('response', (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('error', reject);
      response.on('end', () => {
        const heard = new Headers();
        for (const [name, values = []] of Object.entries(response.headersDistinct))
          for (const value of values) heard.append(name, value);
        const ms = performance.now() - began;
        resolve({ status: response.statusCode ?? 0, headers: heard, bytes: Buffer.concat(chunks), ms });
      });
    });
    // A server that refuses a long body answers and hangs up: the answer may be lost on the way.
    sent.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'ECONNRESET' || error.code === 'EPIPE')
        resolve({ status: 0, headers: new Headers(), bytes: Buffer.alloc(0), ms: performance.now() - began });
      else reject(error);
    });
    sent.end(body);
  });
}

/** Announces another length than it sends, and then has no more to say. */
async function misannounce(port: number, { method, path, headers, body, announced }: Call): Promise<Heard> {
  const began = performance.now();
  const lines = Object.entries({
    host: 'x',
    ...headers,
    connection: 'close',
    'content-length': String(announced),
  });
  const head = lines
    .flatMap(([name, values]) => [values].flat().map((value) => `${name}: ${value}\r\n`))
    .join('');
  const start = Buffer.from(`${method} ${path} HTTP/1.1\r\n${head}\r\n`, 'latin1');
  const raw = openRaw(port, Buffer.concat([start, body ?? Buffer.alloc(0)]));
  setTimeout(() => raw.socket.end(), 20);
  const [, status = '0', rest = ''] = /^HTTP\/1\.1 (\d{3})[^\n]*\n([\s\S]*)/.exec(await raw.closed) ?? [];
  const [told = ''] = rest.split('\r\n\r\n');
  const fields = told.split('\r\n').map((line) => /^([^:]+): (.*)$/.exec(line));
  const heard = new Headers(
    fields.flatMap((field) => (field ? [[field[1] ?? '', field[2] ?? '']] : [])) as [string, string][],
  );
  return { status: Number(status), headers: heard, bytes: Buffer.alloc(0), ms: performance.now() - began };
}

/** The call as somebody can make it again by hand. */
export function asCurl(port: number, { method, path, headers, body }: Call): string {
  const quote = (given: string) => `$'${given.replace(/[^\x20-\x26\x28-\x5b\x5d-\x7e]/g, inHex)}'`;
  const fields = Object.entries(headers).flatMap(([name, values]) =>
    [values].flat().map((value) => `-H ${quote(`${name}: ${value}`)}`),
  );
  const data = body === undefined ? [] : [`--data-binary ${quote(body.toString('latin1').slice(0, 2_000))}`];
  const long = body !== undefined && body.length > 2_000 ? [`# the first 2,000 of ${body.length} bytes`] : [];
  const address = quote(`http://127.0.0.1:${port}${path}`);
  return ['curl -i --path-as-is', `-X ${method}`, address, ...fields, ...data, ...long]
    .join(' ')
    .slice(0, 6_000);
}

const inHex = (character: string) => `\\x${character.charCodeAt(0).toString(16).padStart(2, '0')}`;
