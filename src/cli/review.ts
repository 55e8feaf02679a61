import { renderReview } from '../application/render-review.js';
import { renderReviewPage } from '../application/render-review-page.js';
import { shownReview } from '../application/review-figures.js';
import { openDatabase } from '../compose.js';
import type { Config } from '../config/config.js';
import { UnknownQuarter } from '../domain/learning/quarter.js';
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
    const result = await shownReview(running.reads, quarter ?? null, running.ports.clock.now());
    if (format === 'json') printJson(result.figures);
    else process.stdout.write(format === 'html' ? renderReviewPage(result) : renderReview(result));
    return 0;
  } catch (error) {
    throw error instanceof UnknownQuarter ? new UsageError(error.message) : error;
  } finally {
    await running.stop();
  }
}
