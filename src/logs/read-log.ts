import { createReadStream } from 'node:fs';
import { createGunzip } from 'node:zlib';
import type { EventLog } from '../domain/adherence/event-log.js';
import { type Columns, readCsv } from './csv.js';
import { LogBuilder } from './log-builder.js';
import { codeOf, LogError } from './log-problems.js';
import { readXes } from './xes.js';

export interface LogOptions {
  readonly columns: Columns;
  /** IANA zone of times that name none. */
  readonly zone: string;
  readonly progress?: (events: number) => void;
}

/**
 * Reads an event log: a table (`.csv`, `.tsv`) or XES (`.xes`), either packed with gzip. Events come out in the order of
 * their time; memory grows with the number of events, not with the size of the file.
 * @throws LogError that says line by line what is wrong.
 */
export async function readLog(
  file: string,
  { columns, zone, progress = () => undefined }: LogOptions,
): Promise<EventLog> {
  const name = file.toLowerCase().replace(/\.gz$/, '');
  const into = new LogBuilder(file);
  const raw = createReadStream(file);
  const input = file.toLowerCase().endsWith('.gz') ? raw.pipe(createGunzip()) : raw;
  raw.on('error', (error) => input.destroy(error));
  try {
    if (name.endsWith('.xes')) await readXes(file, input, zone, into, progress);
    else if (/\.(csv|tsv|txt)$/.test(name)) await readCsv(file, input, { columns, zone }, into, progress);
    else throw new LogError(file, ['a log is a .csv, .tsv or .xes file, or one of these packed as .gz']);
  } catch (error) {
    if (codeOf(error).startsWith('Z_'))
      throw new LogError(file, ['it cannot be unpacked: it is no gzip, or cut short']);
    throw error;
  } finally {
    raw.destroy();
  }
  return into.build();
}
