import { lastQuarter, quarterlyReview, UnknownQuarter } from '../application/quarterly-review.js';
import { renderReview } from '../application/render-review.js';
import { openDatabase } from '../compose.js';
import type { Config } from '../config/config.js';
import { createLogger } from '../observability/logger.js';
import { complain, printJson, UsageError } from './output.js';

/** Prints the review of a quarter; returns the exit code. */
export async function review(
  config: Config,
  { quarter, format }: { quarter?: string; format: string },
): Promise<number> {
  const running = await openDatabase(config, createLogger(config.logLevel, process.stderr));
  try {
    if (!(await running.reads.repository())) {
      complain(
        "weir: this database holds no workflow history yet; 'weir sync' or 'weir serve' reads it from the repository",
      );
      return 1;
    }
    const result = await quarterlyReview(running.reads, quarter ?? lastQuarter(running.ports.clock.now()));
    if (format === 'json') printJson(result);
    else process.stdout.write(renderReview(result));
    return 0;
  } catch (error) {
    throw error instanceof UnknownQuarter ? new UsageError(error.message) : error;
  } finally {
    await running.stop();
  }
}
