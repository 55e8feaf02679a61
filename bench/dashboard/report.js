// What was measured, as tables to be pasted into docs/performance.md.
import os from 'node:os';

const row = (cells) => `| ${cells.join(' | ')} |`;
const tableOf = (head, rows) => [row(head), row(head.map(() => '---')), ...rows.map(row)].join('\n');
const number = (value, digits = 2) => (value === undefined ? '–' : value.toFixed(value < 100 ? digits : 0));

/** A ratio, and whether it is what was wanted. */
const goal = (value, isReached) =>
  Number.isFinite(value) ? `${value.toFixed(2)} ${isReached ? 'reached' : '**not reached**'}` : '–';
const atLeast = (value, wanted) => goal(value, value >= wanted);
const atMost = (value, wanted) => goal(value, value <= wanted);

function machine() {
  const [{ model }] = os.cpus();
  const node = process.version;
  return `${os.cpus().length} cores ${model.trim()}, ${Math.round(os.totalmem() / 1024 ** 3)} GB, Linux ${os.release()}, Node ${node} (servers: 24), PostgreSQL 18`;
}

export function table(found) {
  const parts = [
    `Measured on ${found.date.slice(0, 10)}: ${machine()}. ${found.rounds} rounds of ${found.ms} ms; medians.`,
  ];
  if (found.compared) parts.push(...compared(found.compared));
  if (found.grown) parts.push(...grown(found.grown));
  if (found.plans) parts.push(planned(found.plans));
  if (found.changed) parts.push(changed(found.changed));
  if (found.started) parts.push(started(found.started));
  return parts.join('\n\n');
}

function compared({ questions, memory }) {
  const cpu = (results, what) => results[what]?.cpuMs;
  const by = (results, what, peer) => cpu(results, peer) / cpu(results, what);
  return [
    'Server CPU of one request in ms, 1,000 campaigns, the same answer from everybody:',
    tableOf(
      ['question', 'Weir', 'trusted', 'not changed', 'PostGraphile', 'bare SQL', 'Mercurius, jit', 'Yoga'],
      questions.map(({ title, results }) => [
        title,
        ...['apollo', 'trusted', 'again', 'postgraphile', 'bare', 'mercurius', 'yoga'].map((what) =>
          number(cpu(results, what)),
        ),
      ]),
    ),
    'How many times as good, by CPU:',
    tableOf(
      [
        'question',
        'as PostGraphile, at least 1.5',
        'trusted, at least 2',
        'as bare SQL, at least 0.5',
        'not changed, at least 10',
      ],
      questions.map(({ title, results }) => [
        title,
        atLeast(by(results, 'apollo', 'postgraphile'), 1.5),
        atLeast(by(results, 'trusted', 'postgraphile'), 2),
        atLeast(by(results, 'trusted', 'bare'), 0.5),
        atLeast(by(results, 'again', 'apollo'), 10),
      ]),
    ),
    'The whole questions, as a page asks them:',
    tableOf(
      ['question', 'CPU, ms', 'trusted', 'not changed', 'p50, ms', 'p99, ms', 'requests a second', 'KiB'],
      questions.map(({ title, results: { full, fullTrusted, fullAgain } }) => [
        title,
        ...[full, fullTrusted, fullAgain].map((each) => number(each?.cpuMs)),
        ...[full.p50Ms, full.p99Ms].map((each) => number(each, 1)),
        ...[number(full.rate, 0), number(full.bytes / 1_024, 0)],
      ]),
    ),
    'Requests a second, p50 and p99 in ms for the same answer:',
    tableOf(
      ['question', 'Weir', 'trusted', 'PostGraphile', 'bare SQL', 'Mercurius, jit', 'Yoga'],
      questions.map(({ title, results }) => [
        title,
        ...['apollo', 'trusted', 'postgraphile', 'bare', 'mercurius', 'yoga'].map((what) =>
          results[what]
            ? `${number(results[what].rate, 0)} · ${number(results[what].p50Ms, 1)} · ${number(results[what].p99Ms, 1)}`
            : '–',
        ),
      ]),
    ),
    `Peak memory in MiB: ${Object.entries(memory)
      .map(([name, { peakMiB }]) => `${name} ${number(peakMiB, 0)}`)
      .join(', ')}.`,
  ];
}

function grown({ questions, memory }) {
  const [, large] = memory;
  return [
    'From 1,000 to 10,000 campaigns, p50 in ms, one request at a time:',
    tableOf(
      ['question', '1,000', '10,000', 'times, at most 1.5'],
      questions.map(({ title, small, large: more, ratio }) => [
        title,
        number(small.p50Ms, 1),
        number(more.p50Ms, 1),
        atMost(ratio, 1.5),
      ]),
    ),
    `Memory at rest with 10,000 campaigns: ${number(large.restMiB, 0)} MiB, at most 400: ${large.restMiB <= 400 ? 'reached' : '**not reached**'}; ${number(large.peakMiB, 0)} MiB at its peak, while it is asked.`,
  ];
}

const planned = (plans) =>
  tableOf(
    [
      'question',
      'indexes by which it is answered from 10,000 campaigns',
      'growing tables read from end to end',
    ],
    plans.map(({ title, indexes, whole }) => [
      title,
      indexes.map((index) => `\`${index}\``).join(', '),
      whole.join(', ') || 'none',
    ]),
  );

const changed = ({ mutations, events }) =>
  tableOf(
    ['what', 'CPU, ms', 'p50, ms', 'p99, ms', 'a second'],
    [
      [
        'a mutation of a mix of six, 4 at once',
        number(mutations.cpuMs),
        number(mutations.p50Ms, 1),
        number(mutations.p99Ms, 1),
        number(mutations.rate, 0),
      ],
      [
        'a change told to 50 subscribers, each',
        number(events.cpuMs),
        number(events.p50Ms, 1),
        number(events.p99Ms, 1),
        '–',
      ],
    ],
  );

const started = ({ weirMs, apolloMs, ratio }) =>
  `From start to ready: ${number(weirMs, 0)} ms; a bare Apollo server with the same imports ${number(apolloMs, 0)} ms; times, at most 2: ${atMost(ratio, 2)}.`;
