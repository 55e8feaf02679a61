import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { type LogOptions, readLog } from '../../src/logs/read-log.js';

let folder: string;
beforeAll(async () => (folder = await mkdtemp(path.join(tmpdir(), 'weir-log-'))));
afterAll(() => rm(folder, { recursive: true }));

async function read(name: string, content: string | Buffer, options: Partial<LogOptions> = {}) {
  const file = path.join(folder, name);
  await writeFile(file, content);
  const log = await readLog(file, { columns: {}, zone: 'UTC', ...options });
  return log.cases.map(({ id, activities, ends, starts }) => ({
    id,
    activities: Array.from(activities, (each) => log.activities[each]),
    ends: Array.from(ends, (end) => new Date(end).toISOString()),
    starts: starts && Array.from(starts, (start) => new Date(start).toISOString()),
  }));
}
const problemsOf = (name: string, content: string | Buffer, options?: Partial<LogOptions>): Promise<string> =>
  read(name, content, options).then(
    () => 'no problem',
    (error: unknown) => (error as Error).message.replaceAll(path.join(folder, name), 'log'),
  );

describe('a table', () => {
  it('is sorted by time within each case, and equal times keep the order of the file', async () => {
    const text =
      'case,activity,timestamp\na,late,2026-03-02T10:00Z\na,one,2026-03-02T09:00Z\nb,x,2026-03-02\na,two,2026-03-02T09:00Z\n';
    expect((await read('order.csv', text)).map(({ id, activities }) => [id, activities.join()])).toEqual([
      ['a', 'one,two,late'],
      ['b', 'x'],
    ]);
  });

  it.each([
    ['semicolons and quotes', 'Case ID;Activity;Complete Timestamp\r\na;"x; ""y""";2026-03-02 09:00:00\r\n'],
    [
      'tabs and a byte order mark',
      '\uFEFFcase id\tactivity\ttime:timestamp\na\tx; "y"\t2026-03-02T09:00:00.000+00:00\n'
        .replace('"y"', '""y""')
        .replace('x; ""y""', '"x; ""y"""'),
    ],
    ['commas', 'campaign,task,end\na,"x; ""y""",1772442000000\n'],
  ])('may have %s', async (_, text) => {
    expect(await read('form.csv', text)).toEqual([
      { id: 'a', activities: ['x; "y"'], ends: ['2026-03-02T09:00:00.000Z'], starts: null },
    ]);
  });

  it('has the columns that are named, beginnings too, in the zone that is given', async () => {
    const text = 'who,what,from,to\na,x,2026-07-01 09:00,2026-07-01 10:00\n';
    const columns = { case: 'who', activity: 'what', startTimestamp: 'from', timestamp: 'to' };
    expect(await read('named.csv', text, { columns, zone: 'Europe/Berlin' })).toEqual([
      {
        id: 'a',
        activities: ['x'],
        starts: ['2026-07-01T07:00:00.000Z'],
        ends: ['2026-07-01T08:00:00.000Z'],
      },
    ]);
  });

  it('takes quotes within a cell as they stand, and a beginning that is not known as none', async () => {
    const text =
      'case,activity,start,end\na,Write the "big" post,2026-03-02T09:00Z,2026-03-02T10:00Z\na,x,,2026-03-02T11:00Z\n';
    const [first] = await read('quotes.csv', text);
    expect(first?.activities).toEqual(['Write the "big" post', 'x']);
  });

  it.each(['2026-02-30T10:00Z', '2026-02-29', '2026-02-31 09:00', '2026-04-31T09:00+02:00'])(
    'refuses %s, which no calendar has',
    async (day) => {
      const text = `case,activity,time\na,x,${day}\n`;
      expect(await problemsOf('february.csv', text)).toBe(
        `log: line 2: '${day}' is no time such as 2026-03-02T09:00Z`,
      );
      expect(await problemsOf('february.csv', text, { zone: 'Europe/Berlin' })).toContain('is no time');
    },
  );

  it('may be packed', async () => {
    const text = 'case,activity,timestamp\na,x,2026-03-02T09:00Z\n';
    expect(await read('packed.csv.gz', gzipSync(text))).toHaveLength(1);
    expect(await problemsOf('broken.csv.gz', 'not packed')).toContain('it cannot be unpacked');
  });

  it('says which columns it misses, and which there are', async () => {
    const text = 'case,what,when\na,x,2026-03-02\n';
    expect(await problemsOf('columns.csv', text, { columns: { timestamp: 'wen' } })).toBe(
      [
        'log: which column is the activity? Name it with --activity',
        "log: there is no column 'wen'; did you mean 'when'?",
        'log: its columns are: case, what, when',
      ].join('\n'),
    );
  });

  it('says line by line what cannot be read, twenty at most', async () => {
    const bad = [
      'a,x,03/04/2026',
      ',x,2026-03-02',
      'a,,2026-03-02',
      ...new Array<string>(30).fill('a,x,soon'),
    ];
    const problems = (await problemsOf('rows.csv', `case,activity,timestamp\n${bad.join('\n')}\n`)).split(
      '\n',
    );
    expect(problems.slice(0, 3)).toEqual([
      "log: line 2: '03/04/2026' is no time such as 2026-03-02T09:00Z",
      'log: line 3: no case',
      'log: line 4: no activity',
    ]);
    expect(problems).toHaveLength(21);
    expect(problems.at(-1)).toBe('log: … and 13 more');
  });

  it.each([
    ['nothing at all', 'empty.csv', ''],
    ['a heading alone', 'heading.csv', 'case,activity,timestamp\n'],
    ['a quote that never ends', 'quote.csv', 'case,activity,timestamp\na,"x,2026-03-02\n'],
    ['another format', 'log.xlsx', 'PK'],
    ['an end before its start', 'turned.csv', 'case,activity,start,end\na,x,2026-03-03,2026-03-02\n'],
  ])('is refused for %s', async (_, name, text) => {
    expect(await problemsOf(name, text)).toMatch(/^log: /);
  });
});

const xes = (events: string): string =>
  `<?xml version="1.0"?><log xes.version="1.0"><trace><string key="concept:name" value="a"/>${events}</trace></log>`;
const event = (name: string, at: string, transition = ''): string =>
  `<event><string key="concept:name" value="${name}"/><date key="time:timestamp" value="${at}"/>${
    transition === '' ? '' : `<string key="lifecycle:transition" value="${transition}"/>`
  }<string key="org:resource" value="brand"><string key="concept:name" value="not this"/></string></event>`;

describe('XES', () => {
  it('gives names and times, and pairs beginnings with ends in their order', async () => {
    const log = xes(
      event('x', '2026-03-02T08:00:00Z', 'start') +
        event('y', '2026-03-02T08:30:00Z', 'start') +
        event('x', '2026-03-02T09:00:00Z', 'complete') +
        event('y', '2026-03-02T11:00:00+01:00', 'complete') +
        event('x', '2026-03-02T12:00:00Z', 'schedule'),
    );
    expect(await read('log.xes', log)).toEqual([
      {
        id: 'a',
        activities: ['x', 'y'],
        starts: ['2026-03-02T08:00:00.000Z', '2026-03-02T08:30:00.000Z'],
        ends: ['2026-03-02T09:00:00.000Z', '2026-03-02T10:00:00.000Z'],
      },
    ]);
  });

  it('without transitions is a list of ends', async () => {
    expect(await read('ends.xes', xes(event('x', '2026-03-02T08:00:00Z')))).toEqual([
      { id: 'a', activities: ['x'], ends: ['2026-03-02T08:00:00.000Z'], starts: null },
    ]);
  });

  it.each([
    ['what is no XML', '<log><trace>', 'this is no XML'],
    [
      'a document type, which could unfold without end',
      `<!DOCTYPE log [<!ENTITY a "aaaa">]>${xes('')}`,
      'document type',
    ],
    [
      'an event without a name',
      xes('<event><date key="time:timestamp" value="2026-03-02"/></event>'),
      'without concept:name',
    ],
    ['a time that cannot be read', xes(event('x', 'soon')), 'time:timestamp'],
    ['a log without events', xes(''), 'no event'],
  ])('refuses %s', async (_, text, message) => {
    expect(await problemsOf('bad.xes', text)).toContain(message);
  });
});
