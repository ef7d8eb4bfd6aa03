import { createLog } from '../log.ts';
import { startWorkers } from '../workers/start.ts';
import { databaseUrl, endWith, main } from './process.ts';

await main(async (config) => {
  const log = createLog(config.logLevel);
  const workers = startWorkers(config, await databaseUrl(config), log);
  log.info('worker ready');
  endWith(workers.stop);
});
