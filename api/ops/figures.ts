import { Gauge, type Registry } from 'prom-client';
import { COUNTED, type VitalSigns } from '../../db/vital-signs.ts';
import { JOBS } from '../../jobs/registry.ts';

/** Jobs in a queue, by what they are doing there. */
export type QueueCounts = { job: string; states: Record<string, number> }[];

/** What was found out in time; what is missing is not shown, rather than shown as it was. */
export interface Figures {
  database: VitalSigns | undefined;
  connections: { used: number; idle: number; waiting: number };
  queuesUp: boolean;
  queues: QueueCounts | undefined;
  workersSilentMs: number | undefined;
}

/** Makes the gauges of operators, and a function that sets them all at once. */
export function figureGauges(registry: Registry): (figures: Figures) => void {
  const forgetting: (() => void)[] = [];
  const gauge = <Label extends string>(name: string, help: string, ...labelNames: Label[]) => {
    const made = new Gauge({ name: `terna_${name}`, help, labelNames, registers: [registry] });
    // To reset one without labels would set it to 0, which is something else than not to know.
    forgetting.push(() => (labelNames.length > 0 ? made.reset() : made.remove()));
    return made;
  };
  const newest = `among the newest ${COUNTED}`;
  const databaseUp = gauge('database_up', 'Postgres answered within 1.5 s');
  const connections = gauge('database_connections', 'Connections of this process by state', 'state');
  const waiting = gauge('database_waiting', 'Callers in this process that wait for a connection');
  const outstanding = gauge('outbox_jobs', 'Jobs that are promised and not done, as Postgres estimates it');
  const overdue = gauge('outbox_overdue_jobs', `Jobs 5 s overdue or more, at most ${COUNTED}`, 'job');
  const oldest = gauge(
    'outbox_oldest_overdue_seconds',
    'How long the oldest overdue job has been due; 0: none is',
  );
  const failed = gauge('outbox_failed_jobs', `Jobs that failed for good, at most ${COUNTED}`, 'job');
  const planned = gauge('recurring_jobs_planned', 'Kinds of recurring jobs of which the next is promised');
  const recurring = gauge('recurring_jobs', 'Kinds of recurring jobs that there are');
  const requests = gauge('requests_recent', `Requests by status, ${newest}`, 'status');
  const mails = gauge('mails_recent', `Mails by status, ${newest}`, 'status');
  const queuesUp = gauge('queues_up', 'The queues’ back end is in reach of this process');
  const queueJobs = gauge('queue_jobs', 'Deliveries in a queue by state', 'job', 'state');
  const silent = gauge('workers_silent_seconds', 'Since the quietest worker of this process looked for work');

  const setData = (signs: VitalSigns) => {
    outstanding.set(signs.outstanding);
    for (const { name: job } of JOBS) {
      overdue.set({ job }, signs.overdue[job] ?? 0);
      failed.set({ job }, signs.failed[job] ?? 0);
    }
    oldest.set(signs.oldestOverdueS ?? 0);
    planned.set(signs.recurring);
    for (const [status, n] of Object.entries(signs.requests)) requests.set({ status }, n);
    for (const [status, n] of Object.entries(signs.mails)) mails.set({ status }, n);
  };

  return ({ database, connections: { used, idle, waiting: callers }, queues, ...rest }) => {
    for (const forget of forgetting) forget();
    databaseUp.set(database ? 1 : 0);
    connections.set({ state: 'used' }, used);
    connections.set({ state: 'idle' }, idle);
    waiting.set(callers);
    recurring.set(JOBS.filter(({ everyMs }) => everyMs !== undefined).length);
    if (database) setData(database);
    queuesUp.set(rest.queuesUp ? 1 : 0);
    for (const { job, states } of queues ?? [])
      for (const [state, n] of Object.entries(states)) queueJobs.set({ job, state }, n);
    if (rest.workersSilentMs !== undefined) silent.set(rest.workersSilentMs / 1_000);
  };
}
