/**
 * Delivers one job and stops itself (SIGSTOP) in the middle: after all effects, just before the commit.
 * For tests of what others can do meanwhile. Settings: DATABASE_URL, JOB, ID.
 */
import { readConfig } from '../../config.ts';
import { connect } from '../../db/connect.ts';
import { createLog } from '../../log.ts';
import { HANDLERS } from '../../workers/handlers.ts';
import { captureMail } from '../../workers/mail/mailer.ts';

const { JOB: name, ID: id = '' } = process.env;
const config = readConfig(process.env);
const db = connect(config.databaseUrl ?? '', 2);
const handler = HANDLERS.find(({ job }) => job.name === name);
if (!handler) throw new Error(`no handler for ${name}`);

let frozen = false;
const freezing: typeof db = {
  ...db,
  transaction: (point, work) =>
    db.transaction(point, async (sql) => {
      const result = await work(sql);
      if (!frozen) {
        frozen = true;
        process.stdout.write('frozen\n');
        process.kill(process.pid, 'SIGSTOP');
      }
      return result;
    }),
};

const deps = {
  db: freezing,
  queues: { dispatch: () => undefined },
  log: createLog('silent'),
  mailer: captureMail(1),
  settings: config,
};
const [outcome] = await Promise.all(await handler.run(deps, [id]));
process.stdout.write(`outcome ${JSON.stringify(outcome)}\n`);
await db.close();
