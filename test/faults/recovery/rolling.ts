import { Agent, request } from 'node:http';
import type { Child } from '../child.ts';
import { pause } from '../pause.ts';
import type { System } from '../system.ts';
import { percentile } from './steady.ts';

export interface Rolling {
  restarts: number;
  calls: number;
  /** Answers of 500 and above, and connections that broke off under a request. */
  failed: string[];
  /** From SIGTERM to the end of the process, ms. */
  exits: { median: number; p99: number; longest: number };
}

/**
 * Restarts every process in turn, round after round, under load: by clients that keep their connections, and that
 * go to the other api when one does not listen, as a balancer does.
 */
export async function measureRolling(
  system: System,
  { rounds, clients }: { rounds: number; clients: number },
  say: (line: string) => void,
): Promise<Rolling> {
  let running = true;
  let calls = 0;
  const failed: string[] = [];
  const load = Array.from({ length: clients }, async (_, no) => {
    const agent = new Agent({ keepAlive: true, maxSockets: 1 });
    for (let turn = no; running; turn++) {
      calls += 1;
      const why = await post(agent, system.ports, turn);
      if (why !== undefined) failed.push(why);
      await pause(20);
    }
    agent.destroy();
  });

  const exits: number[] = [];
  for (let round = 0; round < rounds; round++) {
    for (const child of [...system.apis, ...system.workers]) exits.push(await restart(child));
    say(`rolling restarts: round ${round + 1} of ${rounds}, ${calls} calls, ${failed.length} failed`);
  }
  await pause(500);
  running = false;
  await Promise.all(load);
  return {
    restarts: exits.length,
    calls,
    failed,
    exits: { median: percentile(exits, 0.5), p99: percentile(exits, 0.99), longest: Math.max(...exits) },
  };
}

/** The next one is restarted only when this one is back. */
async function restart(child: Child): Promise<number> {
  child.signal('SIGTERM');
  const took = (await child.gone(20_000)) ?? Number.POSITIVE_INFINITY;
  await child.ready();
  await pause(300);
  return took;
}

const REFUSED = 'ECONNREFUSED';

/** One request in; undefined when it was taken. A port that nobody listens on is the balancer's to pass by. */
async function post(agent: Agent, ports: number[], turn: number): Promise<string | undefined> {
  for (let tries = 0; tries < ports.length; tries++) {
    const result = await once(agent, ports[(turn + tries) % ports.length] ?? 0);
    if (result === REFUSED) continue;
    return result === '202' ? undefined : result;
  }
  return 'nobody listens';
}

let asked = 0;

// Everybody has an address of their own: one may ask only so often.
const body = () =>
  JSON.stringify({
    client: { name: 'Client', email: `rolling-${asked++}@load.example`, locale: 'en' },
    project: { title: 'Project', description: 'A shop that needs a CRM.' },
    criteria: { services: ['crm-setup'] },
    consent: true,
  });

function once(agent: Agent, port: number): Promise<string> {
  return new Promise((resolve) => {
    const text = body();
    const headers = { 'content-type': 'application/json', 'content-length': Buffer.byteLength(text) };
    const call = request({
      agent,
      port,
      host: '127.0.0.1',
      path: '/api/v1/requests',
      method: 'POST',
      headers,
    });
    call.on('response', (response) => {
      response.resume();
      response.on('end', () => resolve(String(response.statusCode)));
      response.on('error', (error) => resolve(error.message));
    });
    call.on('error', (error: NodeJS.ErrnoException) => {
      const { code = error.message } = error;
      const kept = call.reusedSocket ? 'on a kept connection' : 'on a new connection';
      resolve(code === REFUSED ? code : `${code} ${kept} at ${new Date().toISOString()}`);
    });
    call.end(text);
  });
}
