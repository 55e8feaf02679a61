// How long the engines over the compiled form take, on one core; there is no peer in this language to compare them with.
import { adherence } from '../dist/domain/adherence/adherence.js';
import { DEFAULT_START, forecast } from '../dist/domain/forecast/forecast.js';
import { schedule } from '../dist/domain/schedule/schedule.js';
import { compileWorkflow } from '../dist/domain/workflow/compile.js';
import { readDefinitions } from '../dist/gitops/document/read.js';
import { figure } from './figures.js';

const ROUNDS = 5;
const EFFORT = '{ optimistic: P1D, likely: P2D, pessimistic: P5D }';

function definitions(lanes, steps, stepOf, roles) {
  const text = Array.from(
    { length: lanes },
    (_, lane) =>
      `      l${lane}:\n        steps:\n${Array.from({ length: steps }, (__, at) => `          - ${stepOf(lane, at)}\n`).join('')}`,
  ).join('');
  const head = 'apiVersion: weir/v1\n';
  const read = readDefinitions(
    [
      {
        path: 'bench.yaml',
        text: `${head}kind: Workflow\nid: flow\nname: Flow\nsteward: ops\npattern: parallel\nsections:\n  - id: main\n    model: parallel\n    lanes:\n${text}    gates: [{ id: end, at: endpoint, merge: all, onFail: alert }]\n---\n${head}kind: Team\nid: team\nroles:\n  - { id: ops }\n${roles.map((role) => `  - ${role}\n`).join('')}`,
      },
    ],
    '2026-11-23',
  );
  const of = (kind) => read.definitions.filter((each) => each.kind === kind).map((each) => each.meaning);
  return { compiled: compileWorkflow(of('Workflow')[0]), teams: of('Team') };
}

function measure(name, run) {
  run();
  const times = Array.from({ length: ROUNDS }, () => {
    const begin = process.hrtime.bigint();
    run();
    return Number(process.hrtime.bigint() - begin) / 1e6;
  }).sort((a, b) => a - b);
  const median = `${times[ROUNDS >> 1].toFixed(0)} ms`;
  console.log(`${name}: ${median} (median of ${ROUNDS})`);
  figure(name, median);
}

const roles = (more) => [0, 1, 2, 3].map((at) => `{ id: r${at}${more} }`);
const stepOf = (lane, at) =>
  `{ id: s${lane}x${at}, responsible: r${(lane + at) % 4}, accountable: ops, effort: ${EFFORT} }`;
const HOURS = ', timezone: Europe/Berlin, workingHours: "09:00-17:00"';
for (const [name, more, runs] of [
  ['100,000 runs of 40 steps, without capacity', '', 100_000],
  ['100,000 runs of 40 steps, with calendars', HOURS, 100_000],
  ['10,000 runs of 40 steps, with capacity', ', capacity: 2', 10_000],
  ['10,000 runs of 40 steps, with both', `, capacity: 2${HOURS}`, 10_000],
]) {
  const { compiled, teams } = definitions(8, 5, stepOf, roles(more));
  const options = { start: DEFAULT_START, teams, continuous: false, seed: 1, runs };
  measure(name, () => forecast(compiled, options));
}

// Tight enough that the search does not end with a proof.
const thirty = definitions(
  10,
  3,
  (lane, at) =>
    `{ id: s${lane}x${at}, responsible: ops, accountable: ops, effort: PT${1 + ((lane * 7 + at * 3) % 10)}H, staffing: { r${(lane + at) % 4}: ${1 + ((lane * 3 + at) % 5)}, r${(lane + 2 * at + 1) % 4}: ${1 + (lane % 4)} } }`,
  roles(', capacity: 7'),
);
const undertaking = { key: 'flow', compiled: thirty.compiled, releaseHours: 0, steps: new Map() };
const plan = { start: DEFAULT_START, teams: thirty.teams, continuous: true, tries: 1000, seed: 1 };
console.log(`schedules made: ${schedule([undertaking], plan).tries}`);
measure('1,000 schedules of 30 steps', () => schedule([undertaking], plan));

const { compiled } = definitions(8, 5, stepOf, roles(''));
const keys = Array.from({ length: 40 }, (_, at) => `s${at % 8}x${Math.floor(at / 8)}`);
const variants = Array.from({ length: 20 }, (_, variant) =>
  keys.flatMap((key, at) =>
    (at + variant) % 17 === 0 ? [] : (at * variant) % 23 === 5 ? [key, key] : [key],
  ),
);
const log = {
  activities: keys,
  cases: Array.from({ length: 1400 }, (_, at) => {
    const events = variants[at % 20];
    return {
      id: `case-${at}`,
      activities: Int32Array.from(events, (key) => keys.indexOf(key)),
      ends: Float64Array.from(events, (__, event) => event * 3_600_000),
      starts: null,
    };
  }),
};
measure('1,400 cases in 20 variants of 40 steps aligned', () => adherence(compiled, log));
