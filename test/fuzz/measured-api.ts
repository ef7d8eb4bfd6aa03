/** `bin/api.ts` that says on SIGWINCH how much memory it holds, once what it no longer needs is gone. */
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc') as () => void;

process.on('SIGWINCH', () => {
  collect();
  const { heapUsed, external, rss } = process.memoryUsage();
  process.stdout.write(`memory ${JSON.stringify({ held: heapUsed + external, rss })}\n`);
});

await import('../../bin/api.ts');
