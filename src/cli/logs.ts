import { existsSync } from 'node:fs';
import { IANAZone } from 'luxon';
import type { EventLog } from '../domain/adherence/event-log.js';
import { readLog } from '../logs/read-log.js';
import { UsageError } from './output.js';

/** Where a log is, and how to read it. */
export interface LogCommand {
  readonly log: string;
  readonly case?: string;
  readonly activity?: string;
  readonly timestamp?: string;
  readonly startTimestamp?: string;
  readonly timezone: string;
}
export async function loadLog({ log, timezone, ...columns }: LogCommand): Promise<EventLog> {
  if (!existsSync(log)) throw new UsageError(`there is nothing at ${log}`);
  if (!IANAZone.isValidZone(timezone))
    throw new UsageError(`--timezone is an IANA zone such as Europe/Berlin, not '${timezone}'`);
  return readLog(log, { columns, zone: timezone });
}
