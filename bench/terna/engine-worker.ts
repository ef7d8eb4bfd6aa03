import { readConfig } from '../../config.ts';
import { createLog } from '../../log.ts';
import type { Handler, WorkerDeps } from '../../workers/handler.ts';
import { HANDLERS } from '../../workers/handlers.ts';
import { startWorkers } from '../../workers/start.ts';
import { atOnce, mailsHandedOver } from '../at-once.ts';
import { answer, needed } from '../inside.ts';

/* bin/worker.ts with one difference: the handlers get a mail transport that accepts at once. */
let deps: WorkerDeps | undefined;
const withAtOnce = (given: WorkerDeps): WorkerDeps => {
  deps ??= { ...given, mailer: atOnce };
  return deps;
};

const handlers = HANDLERS.map((handler): Handler => {
  const { concurrency } = handler;
  return {
    ...handler,
    run: (given, ids) => handler.run(withAtOnce(given), ids),
    ...(concurrency && { concurrency: (given) => concurrency(withAtOnce(given)) }),
  };
});

const config = readConfig(process.env);
const workers = startWorkers(config, needed('DATABASE_URL'), createLog(config.logLevel), handlers);
process.once('SIGTERM', () => void workers.stop().then(() => process.exit()));
answer({ handedOver: mailsHandedOver });
