import { readdirSync, readFileSync } from 'node:fs';
import { platform } from 'node:os';

/** What /proc says; other systems than Linux have none, and the figures that need it are void there. */
export const hasProc = platform() === 'linux';

// The kernel counts in hundredths of a second, whatever the machine.
const TICKS_PER_S = 100;

/** CPU seconds that a process has used so far, with those of its children that have ended. */
function cpuOf(pid: number): number {
  // The name in brackets may hold anything; what follows it does not.
  const fields = read(`/proc/${pid}/stat`).split(') ').at(-1)?.split(' ') ?? [];
  const ticks = [11, 12, 13, 14].map((index) => Number(fields[index] ?? 0));
  return ticks.reduce((sum, each) => sum + each, 0) / TICKS_PER_S;
}

/** CPU seconds of these processes and of all their children, so far. */
export function cpuSeconds(pids: number[]): number {
  const own = pids.reduce((sum, pid) => sum + cpuOf(pid), 0);
  const children = readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name) && pids.includes(parentOf(Number(name))))
    .reduce((sum, name) => sum + cpuOf(Number(name)), 0);
  return own + children;
}

function parentOf(pid: number): number {
  return Number(read(`/proc/${pid}/stat`).split(') ').at(-1)?.split(' ')[1]);
}

/** Resident memory of these processes together, in MB. */
export function residentMb(pids: number[]): number {
  const kb = pids.map((pid) => Number(/VmRSS:\s+(\d+)/.exec(read(`/proc/${pid}/status`))?.[1] ?? 0));
  return kb.reduce((sum, each) => sum + each, 0) / 1_024;
}

/** Looks at the memory ten times a second until it is asked for the most that it has seen. */
export function watchMemory(pids: number[]): () => number {
  let most = residentMb(pids);
  const timer = setInterval(() => {
    most = Math.max(most, residentMb(pids));
  }, 100);
  return () => {
    clearInterval(timer);
    return most;
  };
}

function read(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}
