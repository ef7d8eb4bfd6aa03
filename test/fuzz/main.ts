/** `npm run test:fuzz -- --calls 20000 --seed 7`: the same as in the tests, longer, and with figures. */
import { spawn } from 'node:child_process';
import { parseArgs } from 'node:util';

const { values } = parseArgs({
  options: { calls: { type: 'string', default: '20000' }, seed: { type: 'string' } },
});
const run = spawn('npx', ['vitest', 'run', 'test/fuzz'], {
  stdio: 'inherit',
  env: { ...process.env, FUZZ_CALLS: values.calls, ...(values.seed && { FUZZ_SEED: values.seed }) },
});
run.on('close', (code) => {
  process.exitCode = code ?? 1;
});
