import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { comparePlaces, distinctProblems } from '../../src/domain/problem.js';
import { KnownFiles, nameOf } from '../../src/domain/workflow/known-files.js';
import { parseFile } from '../../src/gitops/document/identify.js';
import { readChanges } from '../../src/gitops/document/read-changes.js';
import { readDefinitions } from '../../src/gitops/document/read.js';

const shipped = Object.fromEntries(
  readdirSync('workflows')
    .filter((name) => name.endsWith('.yaml'))
    .map((name) => [name, readFileSync(`workflows/${name}`, 'utf8')]),
);
const head = (id: string, more = '') => `apiVersion: weir/v1\nkind: Workflow\nid: ${id}\n${more}`;
const child = (id: string, parent: string, effort = 'P1W') =>
  head(
    id,
    `name: ${id}\nextends: ${parent}\nsections:\n  - id: sign-off\n    steps:\n      - { id: brief, effort: ${effort} }\n`,
  );
const launch = shipped['product-launch.yaml'] ?? '';
const dated = (id: string, date: string) =>
  launch
    .replace('id: product-launch', `id: ${id}`)
    .replace(/milestones:\n/, `milestones:\n  - { id: fair, owner: product-manager, date: ${date} }\n`);
const POLICY = 'apiVersion: weir/v1\nkind: Policy\nid: house\n';

/** What a path may hold at one time or another; null is no file. */
const CONTENTS: Readonly<Record<string, readonly (string | null)[]>> = {
  ...Object.fromEntries(Object.entries(shipped).map(([path, text]) => [path, [text, text, null]])),
  'a-child.yaml': [child('a-child', 'product-launch'), child('a-child', 'product-lunch'), null],
  'a-grandchild.yaml': [child('a-grandchild', 'a-child', 'P2W'), child('a-grandchild', 'broken'), null],
  'b-broken.yaml': [`${head('broken')}\nname: "no end\n`, dated('broken', '2026-12-01'), '', null],
  'c-again.yaml': [launch, launch.replace('id: product-launch', 'id: c-again'), null],
  'd-two.yaml': [
    `${child('d-one', 'a-child')}---\n${dated('d-two', '2026-12-01')}`,
    dated('d-two', '2026-12-02'),
    null,
  ],
  'e-dated.yaml': [dated('e-dated', '2026-12-01'), dated('e-dated', '2026-12-02'), null],
  'f-not-ours.yaml': ['on: push\njobs: {}\n', null],
  'g-team.yaml': [
    'apiVersion: weir/v1\nkind: Team\nid: others\nroles: [{ id: nobody }, { id: brand-2 }]\n',
    'apiVersion: weir/v1\nkind: Team\nid: others\nroles: [{ id: nobody, capacity: 1 }]\n',
    null,
  ],
  'h-library.yaml': [
    'apiVersion: weir/v1\nkind: Library\nid: more\nentries: [{ campaignType: launch, workflow: e-dated, priority: high }]\n',
    'apiVersion: weir/v1\nkind: Library\nid: more\nentries: [{ campaignType: launch, workflow: d-tow, priority: high }]\n',
    null,
  ],
  'i-circle.yaml': [
    child('i-one', 'i-two'),
    `${child('i-one', 'i-two')}---\n${child('i-two', 'i-one')}`,
    null,
  ],
  'j-policy.yaml': [
    `${POLICY}findings: { W_DUPLICATE_PARAM: error }\n`,
    `${POLICY}excuses: [{ finding: W_DUPLICATE_PARAM, workflow: e-dated, reason: known, until: 2026-11-25 }]\n`,
    null,
  ],
};

/** A small generator, so that a failure can be repeated by its seed. */
function randomly(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

const oidOf = (text: string) => createHash('sha1').update(text).digest('hex');

describe('reading what changed', () => {
  it.each(Array.from({ length: 12 }, (_, seed) => seed))(
    'finds, change after change, what reading everything finds (seed %i)',
    async (seed) => {
      const random = randomly(seed + 1);
      const files = new Map<string, string>();
      const texts = new Map<string, string>();
      const known = new KnownFiles();
      const definitions = new Map<string, readonly [hash: string | null, valid: boolean]>();
      let context: string | null = null;
      const parse = (path: string, blob: string) => parseFile({ path, text: texts.get(blob) ?? '' });
      for (let round = 0; round < 25; round++) {
        const today = `2026-11-${23 + (round >> 3)}`;
        const changed = new Map<string, string | null>();
        for (let count = round === 0 ? 12 : 1 + random(3); count > 0; count--) {
          const paths = Object.keys(CONTENTS);
          const path = paths[random(paths.length)] ?? '';
          const possible = CONTENTS[path] ?? [];
          const text = possible[random(possible.length)] ?? null;
          if (text === null && !files.has(path)) continue;
          if (text === null) files.delete(path);
          else files.set(path, text);
          if (text !== null) texts.set(oidOf(text), text);
          changed.set(path, text === null ? null : oidOf(text));
        }
        const step = await readChanges(known, context, changed, parse, today);
        context = step.context;
        // Whoever applies a step holds back what is not valid, and it is looked at again with the next.
        for (const file of step.files) {
          const invalid = step.definitions.filter((each) => each.file === file.path && !each.valid);
          known.set({
            ...file,
            held: invalid.map(({ kind, key }) => ({ kind, key, reason: 'problems' as const })),
          });
        }
        for (const name of step.names) definitions.delete(nameOf(name));
        for (const each of step.definitions) definitions.set(nameOf(each), [each.hash, each.valid]);
        const sorted = [...files].sort(([one], [other]) => (one < other ? -1 : 1));
        const whole = readDefinitions(
          sorted.map(([path, text]) => ({ path, text })),
          today,
        );
        const problems = known.paths.flatMap((path) => known.get(path)?.problems ?? []);
        expect(distinctProblems(problems).sort(comparePlaces)).toEqual(whole.problems);
        const expected = whole.definitions.map((each) => [nameOf(each), [each.hash, each.valid]] as const);
        expect([...definitions].sort()).toEqual(expected.sort());
        expect(step.policy).toEqual(whole.policy);
      }
    },
    60_000,
  );
});
