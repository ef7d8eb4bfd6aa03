import type { Reporter, TestModule } from 'vitest/node';

/** Ends a run with what was skipped and why, and one line of counts for whoever reads only the end. */
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
    const lines = [...skipped, `${passed} passed, ${failed} failed, ${skipped.length} skipped`];
    process.stdout.write(`${lines.join('\n')}\n`);
  }
}
