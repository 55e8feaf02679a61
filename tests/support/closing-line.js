import { writeSync } from 'node:fs';

/**
 * Prints the one plain line that CI reads. It waits for the end of the process, since jest adds its own summary after
 * all other reporters. A file that cannot run at all counts as a failure.
 */
export default class ClosingLine {
  onRunComplete(_contexts, results) {
    const failed = results.numFailedTests + results.numRuntimeErrorTestSuites;
    const skipped = results.numPendingTests + results.numTodoTests;
    const tail = skipped > 0 ? `, ${skipped} skipped` : '';
    process.once('exit', () => writeSync(1, `${results.numPassedTests} passed, ${failed} failed${tail}\n`));
  }
}
