import { expect, onTestFinished, test } from 'vitest';
import { openPool } from '../../db/pool.ts';
import { testDatabase } from '../helpers/database.ts';

test('a connection that breaks while somebody holds it does not end the process', async () => {
  const { url, db } = await testDatabase('empty');
  const pool = openPool(url, { name: 'held', max: 1 });
  onTestFinished(() => pool.end());
  const client = await pool.connect();
  const ended = new Promise((resolve) => client.once('end', resolve));
  await db.query(`select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'held'`);
  await ended;
  await expect(client.query('select')).rejects.toThrow();
  client.release(true);
  expect((await pool.query('select 1 as n')).rows).toEqual([{ n: 1 }]);
});
