import { migrate } from '../db/migrate.ts';
import { migrateQueues } from '../jobs/postgres-backend.ts';
import { databaseUrl, main } from './process.ts';

await main(async (config) => {
  const url = await databaseUrl(config);
  const names = await migrate(url);
  if (!config.redisUrl) await migrateQueues(url);
  process.stdout.write(
    names.length > 0 ? `Migrated: ${names.join(', ')}\n` : 'The database is up to date.\n',
  );
});
