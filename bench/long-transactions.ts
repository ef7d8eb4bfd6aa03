import pg from 'pg';
import { pause } from './inside.ts';

/** Ends the transaction. */
type End = () => Promise<void>;

/** A transaction that was forgotten after its first question: nothing that has died since can be cleaned away. */
export async function forgetTransaction(url: string): Promise<End> {
  const client = await begin(url);
  await client.query('select count(*) from outbox');
  return () => client.end();
}

// A report that takes its time: some 20,000 rows a second.
const ROWS = 1_000;
const PAUSE_MS = 50;

/** Goes through a big table again and again, in one long transaction. What it reads stays in Postgres. */
export async function readOnAndOn(url: string, table: string): Promise<End> {
  const client = await begin(url);
  let ended = false;
  const readAll = async () => {
    await client.query(`declare report cursor for select * from ${table}`);
    while (!ended && (await client.query(`move ${ROWS} from report`)).rowCount) await pause(PAUSE_MS);
    await client.query('close report');
  };
  const reading = (async () => {
    while (!ended) await readAll();
  })();
  return async () => {
    ended = true;
    await reading;
    await client.end();
  };
}

async function begin(url: string): Promise<pg.Client> {
  const client = new pg.Client({ connectionString: url, application_name: 'bench' });
  // Whoever breaks the bench off ends its Postgres first.
  client.on('error', () => undefined);
  await client.connect();
  await client.query('begin isolation level repeatable read, read only');
  return client;
}
