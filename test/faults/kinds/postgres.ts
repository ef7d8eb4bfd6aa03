import type pg from 'pg';
import { pause } from '../pause.ts';
import type { System } from '../system.ts';
import type { Kind } from './kind.ts';
import { wire } from './wires.ts';

const cutOff = (name: string, where: string): Kind => ({
  name,
  async happen({ postgres }) {
    const rows = await postgres.ask(
      `select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and ${where}`,
    );
    return rows.length > 0 ? 1 : 0;
  },
});

const crashed: Kind = {
  name: 'Postgres crashes and comes back',
  group: 'postgres',
  async happen({ postgres, postgresWire }, random) {
    await postgres.crash();
    await pause(random.int(0, 1_500));
    await postgres.start();
    postgresWire.to(postgres.port());
    return 1;
  },
};

/** Takes every connection that is left, and keeps them. */
const exhausted: Kind = {
  name: 'no connection left',
  group: 'postgres',
  async happen({ postgres }, random) {
    const held: Promise<void>[] = [];
    let refused = false;
    let release: () => void = () => undefined;
    const over = new Promise<void>((resolve) => {
      release = resolve;
    });
    for (let no = 0; no < 200 && !refused; no++) {
      const taken = new Promise<void>((taken, failed) => {
        held.push(
          postgres
            .hold(async () => {
              taken();
              await over;
            })
            .catch(failed),
        );
      });
      await taken.catch(() => {
        refused = true;
      });
    }
    // The pools grow only when they need to: what they have is cut, and they find nothing left.
    await pause(random.int(500, 1_500));
    release();
    await Promise.allSettled(held);
    return refused ? 1 : 0;
  },
};

/** Locks a few rows in the order that nobody else uses, with the same rows that the program works on. */
const deadlocked: Kind = {
  name: 'deadlocks',
  async happen({ postgres }) {
    const steps = [
      `select from partners where id in (select partner_id from deals order by moved_at desc limit 30) for update`,
      `select from requests where id in (select request_id from deals order by moved_at desc limit 30) for update`,
    ];
    await postgres.hold(async (client) => {
      for (let round = 0; round < 5; round++) {
        await client.query(`begin; set local lock_timeout = '3s'; set local deadlock_timeout = '200ms'`);
        try {
          for (const step of steps) {
            await client.query(step);
            await pause(100);
          }
        } catch (error) {
          if (!(error as pg.DatabaseError).code) throw error;
        } finally {
          await client.query('rollback');
        }
      }
    });
    return 1;
  },
};

const locked: Kind = {
  name: 'outbox locked: statements and locks time out',
  group: 'postgres',
  async happen({ postgres }, random) {
    await postgres.hold(async (client) => {
      await client.query('begin');
      await client.query(`lock table outbox in ${random.pick(['access exclusive', 'exclusive'])} mode`);
      await pause(random.int(1_500, 3_500));
      await client.query('rollback');
    });
    return 1;
  },
};

const failing = (name: string, code: string): Kind => ({
  name,
  async happen(system, random) {
    const { postgres } = system;
    if (code === 'XX000') system.unforeseenUntil = Number.POSITIVE_INFINITY;
    await postgres.ask('insert into harness.mischief values ($1, $2)', [code, random.pick([0.2, 0.6, 1])]);
    await pause(random.int(300, 1_200));
    await mend(postgres, code);
    if (code === 'XX000') system.unforeseenUntil = Date.now() + 2_000;
    return 1;
  },
});

/** Whatever happens to the server meanwhile: mischief that stayed would be no fault, but the end. */
async function mend(postgres: System['postgres'], code: string): Promise<void> {
  for (;;) {
    try {
      await postgres.ask('delete from harness.mischief where code = $1', [code]);
      return;
    } catch {
      await pause(200);
    }
  }
}

const cancelled: Kind = {
  name: 'running statements cancelled',
  async happen({ postgres }) {
    let count = 0;
    for (let round = 0; round < 20; round++) {
      count += (
        await postgres.ask(`select pg_cancel_backend(pid) from pg_stat_activity
          where application_name like 'terna%' and state = 'active'`)
      ).length;
      await pause(25);
    }
    return count > 0 ? 1 : 0;
  },
};

const cut: Kind = {
  name: 'connections to Postgres cut',
  async happen({ postgresWire }) {
    postgresWire.cut();
    return 1;
  },
};

const ONE = `pid = (select pid from pg_stat_activity where application_name like 'terna%' order by random() limit 1)`;

export const POSTGRES: Kind[] = [
  cutOff('pg_terminate_backend of one', ONE),
  cutOff('pg_terminate_backend of all', `application_name like 'terna%'`),
  { ...cutOff('pg_terminate_backend of who listens', `application_name = 'terna-listener'`), on: 'postgres' },
  crashed,
  exhausted,
  deadlocked,
  locked,
  failing('serialization failures', '40001'),
  failing('deadlocks reported', '40P01'),
  failing('statement timeouts', '57014'),
  failing('errors that nobody foresaw', 'XX000'),
  cancelled,
  wire('postgres', 'Postgres half open', 'half-open', 3_000),
  wire('postgres', 'Postgres refuses', 'refuse', 1_500),
  wire('postgres', 'Postgres slow', 'slow', 2_000),
  cut,
];
