import { readdirSync, readFileSync } from 'node:fs';
import { checkFiles } from '../../src/gitops/document/check-files.js';
import { readDefinitions, type SourceFile } from '../../src/gitops/document/read.js';

const TODAY = '2026-11-23';
const shipped = readdirSync('workflows')
  .filter((name) => name.endsWith('.yaml'))
  .map((name): SourceFile => ({ path: name, text: readFileSync(`workflows/${name}`, 'utf8') }));
const head = (id: string, more = '') => `apiVersion: weir/v1\nkind: Workflow\nid: ${id}\n${more}`;
const child = (id: string, parent: string) =>
  head(
    id,
    `name: ${id}\nextends: ${parent}\nsections:\n  - id: sign-off\n    steps:\n      - { id: brief, effort: P1W }\n`,
  );
const launch = shipped.find(({ path }) => path === 'product-launch.yaml')?.text ?? '';

const MESS: readonly SourceFile[] = [
  { path: 'a-child.yaml', text: child('a-child', 'product-launch') },
  { path: 'b-orphan.yaml', text: child('b-orphan', 'product-lunch') },
  { path: 'c-child-of-broken.yaml', text: child('c-child', 'broken') },
  { path: 'd-broken.yaml', text: `${head('broken')}\nname: "no end\n` },
  { path: 'e-again.yaml', text: launch },
  {
    path: 'f-two.yaml',
    text: `${child('f-one', 'a-child')}---\n${launch.replace('id: product-launch', 'id: f-two').replace('steward: ', 'stewad: ')}`,
  },
  { path: 'g-not-ours.yaml', text: 'on: push\njobs: {}\n' },
  { path: 'h-team.yaml', text: 'apiVersion: weir/v1\nkind: Team\nid: marketing\nroles: [{ id: nobody }]\n' },
  {
    path: 'i-library.yaml',
    text: 'apiVersion: weir/v1\nkind: Library\nid: more\nentries: [{ campaignType: launch, workflow: f-tow, priority: high }]\n',
  },
  { path: 'j-circle.yaml', text: `${child('j-one', 'j-two')}---\n${child('j-two', 'j-one')}` },
];

describe('checking files one after the other', () => {
  it.each([
    ['the shipped example', shipped],
    ['a repository full of mistakes', [...shipped, ...MESS]],
    ['the mistakes first', [...MESS, ...shipped]],
    ['each file of it alone', []],
  ])('finds what reading all of them together finds: %s', (_, files) => {
    const groups = files.length > 0 ? [files] : MESS.map((file) => [file]);
    for (const group of groups) {
      const byPath = new Map(group.map((file) => [file.path, file]));
      const load = (path: string) => byPath.get(path) ?? { path, text: '' };
      const { problems, workflows } = checkFiles([...byPath.keys()], load, TODAY);
      const whole = readDefinitions(group, TODAY);
      expect(problems).toEqual(whole.problems);
      expect(workflows).toBe(whole.definitions.filter(({ kind }) => kind === 'Workflow').length);
    }
  });

  it('loads no more than it needs at a time', () => {
    const loaded: string[] = [];
    const load = (path: string) => {
      loaded.push(path);
      return { path, text: launch.replace('id: product-launch', `id: ${path}`) };
    };
    const paths = Array.from({ length: 20 }, (_, number) => `w${number}`);
    expect(checkFiles(paths, load, TODAY)).toMatchObject({ workflows: 20 });
    expect(loaded).toHaveLength(2 * paths.length);
  });
});
