import { importHistory } from '../application/import-history.js';
import { openDatabase } from '../compose.js';
import type { Config } from '../config/config.js';
import { LOCAL_ACTOR } from '../domain/campaign/actor.js';
import { createLogger } from '../observability/logger.js';
import { loadLog, type LogCommand } from './logs.js';
import { complain, count, print, printJson, progressLine } from './output.js';

export interface ImportCommand extends LogCommand {
  readonly workflow: string;
  readonly format: string;
}

/** Brings the cases of a log in as ended campaigns; false when there is no such workflow. */
export async function importLog(config: Config, options: ImportCommand): Promise<boolean> {
  const log = await loadLog(options);
  const running = await openDatabase(config, createLogger(config.logLevel, process.stderr));
  try {
    const { show, clear } = progressLine('cases', log.cases.length);
    const { report, refusals } = await importHistory(running.ports, LOCAL_ACTOR, options.workflow, log, show);
    clear();
    for (const { message } of refusals) complain(message);
    if (!report) return false;
    if (options.format === 'json') printJson(report);
    else {
      const { imported, alreadyThere, withoutSteps, unknownActivities, workflow, version } = report;
      print(`${count(imported, 'campaign')} imported as history of ${workflow}, on version ${version}`);
      if (alreadyThere > 0) print(`${alreadyThere} were there already`);
      if (withoutSteps > 0) print(`${withoutSteps} left out: none of their activities is a step`);
      if (unknownActivities.length > 0) print(`no step is called: ${unknownActivities.join(', ')}`);
    }
    return true;
  } finally {
    await running.stop();
  }
}
