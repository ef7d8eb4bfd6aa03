import { startApi } from '../api/start.ts';
import { createLog } from '../log.ts';
import { databaseUrl, endWith, main } from './process.ts';

await main(async (config) => {
  const log = createLog(config.logLevel);
  const api = await startApi(config, await databaseUrl(config), log);
  log.info({ port: api.port }, 'api ready');
  endWith(api.stop);
});
