import { Readable } from 'node:stream';
import { CsvError, parse } from 'csv-parse';
import { nearest } from '../domain/suggestion.js';
import type { LogBuilder } from './log-builder.js';
import { LogError, LogProblems } from './log-problems.js';
import { readMoment } from './moment.js';

/** Which columns hold what; those not named are recognised by what they are usually called. */
export interface Columns {
  readonly case?: string;
  readonly activity?: string;
  readonly timestamp?: string;
  readonly startTimestamp?: string;
}

const USUAL: Readonly<Record<keyof Columns, readonly string[]>> = {
  case: [
    'case',
    'caseid',
    'caseconceptname',
    'campaign',
    'campaignid',
    'campaignkey',
    'project',
    'projectid',
  ],
  activity: [
    'activity',
    'activityname',
    'activityid',
    'conceptname',
    'task',
    'taskname',
    'step',
    'event',
    'eventname',
  ],
  timestamp: [
    'timestamp',
    'timetimestamp',
    'completetimestamp',
    'endtimestamp',
    'end',
    'endtime',
    'completed',
    'completedat',
    'finished',
    'finishedat',
    'time',
  ],
  startTimestamp: ['start', 'starttime', 'starttimestamp', 'started', 'startedat', 'begin'],
};

/** No cell of a log is longer; an unclosed quote would otherwise swallow the file. */
const MAX_ROW = 1 << 20;

/** Reads a table with a heading, one event a row. */
export async function readCsv(
  file: string,
  input: Readable,
  options: { columns: Columns; zone: string },
  into: LogBuilder,
  progress: (events: number) => void,
): Promise<void> {
  const problems = new LogProblems(file);
  const { heading, whole } = await beginningOf(input);
  const rows = whole.pipe(
    parse({
      ...{ bom: true, info: true, relax_column_count: true, relax_quotes: true },
      ...{ skip_empty_lines: true, trim: true, delimiter: delimiterOf(heading), max_record_size: MAX_ROW },
    }),
  );
  whole.on('error', (error) => rows.destroy(error));
  let places: Places | null = null;
  try {
    for await (const row of rows as AsyncIterable<{ record: string[]; info: { lines: number } }>) {
      const { record, info } = row;
      if (places) readRow(record, info.lines, places, options.zone, into, problems);
      else places = placesOf(file, record, options.columns);
      if (into.events % 10_000 === 0) progress(into.events);
    }
  } catch (error) {
    if (error instanceof CsvError) throw new LogError(file, [`this is no table: ${error.message}`]);
    throw error;
  }
  problems.throwIfAny();
}

/** The first line, and the whole from its beginning. */
async function beginningOf(input: Readable): Promise<{ heading: string; whole: Readable }> {
  const chunks = input[Symbol.asyncIterator]() as AsyncIterator<Buffer>;
  let head = Buffer.alloc(0);
  for (let next = await chunks.next(); !next.done; next = await chunks.next()) {
    head = Buffer.concat([head, next.value]);
    if (head.includes(10) || head.length > MAX_ROW) break;
  }
  const rest = { [Symbol.asyncIterator]: () => chunks };
  const whole = Readable.from(
    (async function* () {
      yield head;
      yield* rest;
    })(),
  );
  return { heading: head.toString('utf8').split('\n')[0] ?? '', whole };
}

/** What the heading is divided by: the character it has most of outside of quotes. */
function delimiterOf(heading: string): string {
  const bare = heading.replaceAll(/"[^"]*"/g, '');
  const counted = [',', ';', '\t', '|'].map((each) => ({ each, count: bare.split(each).length }));
  return counted.reduce((best, next) => (next.count > best.count ? next : best)).each;
}

interface Places {
  readonly case: number;
  readonly activity: number;
  readonly timestamp: number;
  /** -1 where there is none. */
  readonly start: number;
}

function placesOf(file: string, heading: readonly string[], columns: Columns): Places {
  const problems: string[] = [];
  const find = (column: keyof Columns, option: string, isNeeded: boolean): number => {
    const named = columns[column];
    const plain = (name: string) => name.toLowerCase().replaceAll(/[^a-z0-9]/g, '');
    const at =
      named === undefined
        ? (USUAL[column]
            .map((usual) => heading.findIndex((name) => plain(name) === usual))
            .find((place) => place >= 0) ?? -1)
        : heading.indexOf(named);
    if (at >= 0 || (!isNeeded && named === undefined)) return at;
    const meant = named === undefined ? null : nearest(named, heading);
    problems.push(
      named === undefined
        ? `which column is the ${option.slice(2)}? Name it with ${option}`
        : `there is no column '${named}'${meant === null ? '' : `; did you mean '${meant}'?`}`,
    );
    return -1;
  };
  const places = {
    case: find('case', '--case', true),
    activity: find('activity', '--activity', true),
    timestamp: find('timestamp', '--timestamp', true),
    start: find('startTimestamp', '--start-timestamp', false),
  };
  if (problems.length > 0) throw new LogError(file, [...problems, `its columns are: ${heading.join(', ')}`]);
  return places;
}

function readRow(
  record: readonly string[],
  line: number,
  places: Places,
  zone: string,
  into: LogBuilder,
  problems: LogProblems,
): void {
  const [caseId = '', activity = ''] = [record[places.case], record[places.activity]];
  if (caseId === '' || activity === '') {
    problems.add(`line ${line}: no ${caseId === '' ? 'case' : 'activity'}`);
    return;
  }
  const end = readMoment(record[places.timestamp] ?? '', zone);
  // Work that is only known to have ended has no start in some tools' exports.
  const began = places.start < 0 ? '' : (record[places.start] ?? '');
  const start = began === '' ? Number.NaN : readMoment(began, zone);
  const written = Number.isNaN(end)
    ? record[places.timestamp]
    : began !== '' && Number.isNaN(start)
      ? began
      : null;
  if (written !== null) {
    problems.add(`line ${line}: '${(written ?? '').slice(0, 40)}' is no time such as 2026-03-02T09:00Z`);
  } else if (start > end) problems.add(`line ${line}: it ends before it starts`);
  else into.add(caseId, activity, end, start);
}
