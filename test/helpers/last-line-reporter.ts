import type { Reporter, TestModule } from 'vitest/node';
import { lookThroughLogs } from './kept-logs.ts';

// So many lines with secrets are shown.
const SHOWN = 20;

/**
 * Ends a run with what was skipped and why, and one line of counts for whoever reads only the end. Logs that hold
 * an address, a token or a name count as one more test that failed.
 */
export default class LastLineReporter implements Reporter {
  onTestRunEnd(modules: ReadonlyArray<TestModule>): void {
    let passed = 0;
    let failed = 0;
    const skipped: string[] = [];
    for (const module of modules) {
      if (module.state() === 'failed' && [...module.children.allTests()].length === 0) failed += 1;
      for (const test of module.children.allTests()) {
        const { state, note } = { note: undefined, ...test.result() };
        if (state === 'passed') passed += 1;
        else if (state === 'skipped') skipped.push(`  skipped: ${test.fullName}${note ? ` (${note})` : ''}`);
        else failed += 1;
      }
    }
    const { lines, leaks } = lookThroughLogs();
    const said = leaks.slice(0, SHOWN).map((leak) => `  logged: ${leak}`);
    if (leaks.length > 0) {
      failed += 1;
      process.exitCode = 1;
    }
    said.push(`logs: ${lines} lines looked through, ${leaks.length} secrets found`);
    const counts = `${passed} passed, ${failed} failed, ${skipped.length} skipped`;
    process.stdout.write(`${[...skipped, ...said, counts].join('\n')}\n`);
  }
}
