import fc from 'fast-check';
import { readdirSync, readFileSync } from 'node:fs';
import { isDeepStrictEqual } from 'node:util';
import type { Edit, PlainValue } from '../../src/application/edit.js';
import { parseYaml } from '../../src/gitops/document/parse-yaml.js';
import { CannotEdit, editDefinition } from '../../src/gitops/edit/edit-definition.js';

const FILE = `# How a newsletter is run
apiVersion: weir/v1
kind: Workflow
id: newsletter   # never changes
name: "Newsletter"
steward: ops
pattern: sequential
kpis: [time-to-launch, message-consistency]

sections:
  - id: main
    model: linear
    steps:
      # first of all
      - { id: brief, kind: brief, responsible: ops, accountable: ops, effort: P1D }
      - id: copy # the text
        responsible: [writer, brand]   # two
        accountable: 'brand'
        effort:
          optimistic: P1D
          likely: P2D # mostly
          pessimistic: P5D
      # both of them
      - allOf:
          - { id: legal, kind: approval, responsible: legal, accountable: legal }
          - { id: brand, kind: approval, responsible: brand, accountable: brand }
  - id: out
    model: parallel
    lanes:
      email:
        steps:
          - { id: send, kind: launch, channel: email, responsible: ops, accountable: ops }
    gates:
      - { id: all-live, at: endpoint, checks: [{ metric: timing-spread, atMost: PT2H }], onFail: alert }
rules:
  - { id: no-send, block: "launch:email", until: "approved('copy')" }
# the end
`;
const set = (path: string, value: PlainValue): Edit => ({ type: 'set', path, value });
const remove = (path: string): Edit => ({ type: 'remove', path });
const insert = (path: string, value: PlainValue, more: { before?: string; after?: string } = {}): Edit => ({
  ...{ type: 'insert', path, value, before: more.before ?? null, after: more.after ?? null },
});
const edited = (...edits: Edit[]) => editDefinition(FILE, 'Workflow', 'newsletter', edits).text;

/** Lines that were taken out and put in. */
function difference(after: string): string[] {
  const [old, now] = [FILE.split('\n'), after.split('\n')];
  return [
    ...old.filter((line) => !now.includes(line)).map((line) => `- ${line.trim()}`),
    ...now.filter((line) => !old.includes(line)).map((line) => `+ ${line.trim()}`),
  ];
}

describe('editing a definition', () => {
  it.each([
    [
      'a value, and keeps its quotes',
      set('name', 'News: "all"'),
      ['- name: "Newsletter"', String.raw`+ name: "News: \"all\""`],
    ],
    [
      'a value, and keeps the comment behind it',
      set('id', 'digest'),
      ['- id: newsletter   # never changes', '+ id: digest   # never changes'],
    ],
    [
      'a value within brackets',
      set('sections.main.steps.brief.effort', 'P2D'),
      [
        '- - { id: brief, kind: brief, responsible: ops, accountable: ops, effort: P1D }',
        '+ - { id: brief, kind: brief, responsible: ops, accountable: ops, effort: P2D }',
      ],
    ],
    [
      'a value by the path of a difference',
      set('step copy / accountable', 'ops'),
      ["- accountable: 'brand'", "+ accountable: 'ops'"],
    ],
    [
      'a block that becomes one value',
      set('sections.main.steps.copy.effort', 'P3D'),
      ['- effort:', '- optimistic: P1D', '- likely: P2D # mostly', '- pessimistic: P5D', '+ effort: P3D'],
    ],
    [
      'a step within concurrent steps',
      set('sections.main.steps.legal.effort', { optimistic: 'P1D', likely: 'P2D', pessimistic: 'P4D' }),
      [
        '- - { id: legal, kind: approval, responsible: legal, accountable: legal }',
        '+ - { id: legal, kind: approval, responsible: legal, accountable: legal, effort: { optimistic: P1D, likely: P2D, pessimistic: P4D } }',
      ],
    ],
    ['a key that was not there', set('sections.main.steps.copy.name', 'Write it'), ['+ name: Write it']],
    ['a key of the whole', set('regulated', true), ['+ regulated: true']],
    [
      'a check by its metric',
      set('gate all-live / onFail', 'block'),
      [
        '- - { id: all-live, at: endpoint, checks: [{ metric: timing-spread, atMost: PT2H }], onFail: alert }',
        '+ - { id: all-live, at: endpoint, checks: [{ metric: timing-spread, atMost: PT2H }], onFail: block }',
      ],
    ],
    [
      'a check by its path',
      set('sections.out.gates.all-live.checks.timing-spread.atMost', 'PT1H'),
      [
        '- - { id: all-live, at: endpoint, checks: [{ metric: timing-spread, atMost: PT2H }], onFail: alert }',
        '+ - { id: all-live, at: endpoint, checks: [{ metric: timing-spread, atMost: PT1H }], onFail: alert }',
      ],
    ],
    [
      'an entry behind another',
      insert(
        'sections.main.steps',
        { id: 'proofread', responsible: 'brand', accountable: 'brand' },
        { after: 'copy' },
      ),
      ['+ - id: proofread', '+ responsible: brand', '+ accountable: brand'],
    ],
    [
      'an entry before the first, above its comment',
      insert(
        'sections.main.steps',
        { id: 'idea', responsible: 'ops', accountable: 'ops' },
        { before: 'brief' },
      ),
      ['+ - { id: idea, responsible: ops, accountable: ops }'],
    ],
    [
      'an entry of a short list',
      insert('kpis', 'incidents', { before: 'time-to-launch' }),
      [
        '- kpis: [time-to-launch, message-consistency]',
        '+ kpis: [incidents, time-to-launch, message-consistency]',
      ],
    ],
    ['the first entry of a list', insert('channels', 'email'), ['+ channels: [ email ]']],
    ['an entry with its lines', remove('step copy'), [
      '- - id: copy # the text', '- responsible: [writer, brand]   # two', "- accountable: 'brand'", '- effort:',
      '- optimistic: P1D', '- likely: P2D # mostly', '- pessimistic: P5D',
    ]], // prettier-ignore
    ['a key', remove('steward'), ['- steward: ops']],
    ['an entry of a short list again', remove('kpis.0'), [
      '- kpis: [time-to-launch, message-consistency]', '+ kpis: [message-consistency]',
    ]], // prettier-ignore
  ])('changes %s', (_, edit, lines) => {
    expect(difference(edited(edit))).toEqual(lines);
  });

  it('puts a new entry where it was asked for', () => {
    const lines = edited(
      insert(
        'sections.main.steps',
        { id: 'idea', responsible: 'ops', accountable: 'ops' },
        { before: 'brief' },
      ),
    ).split('\n');
    const at = lines.findIndex((line) => line.includes('id: idea'));
    expect(lines.slice(at, at + 3).map((line) => line.trim().slice(0, 14))).toEqual([
      '- { id: idea, ', '# first of all', '- { id: brief,',
    ]); // prettier-ignore
  });

  it('makes several changes, each of what the ones before have left', () => {
    const step = { id: 'proofread', responsible: 'brand', accountable: 'brand' };
    const text = edited(
      insert('sections.main.steps', step, { after: 'copy' }),
      set('step proofread / effort', 'P1D'),
      remove('sections.main.steps.brief'),
    );
    expect(difference(text)).toEqual([
      '- - { id: brief, kind: brief, responsible: ops, accountable: ops, effort: P1D }',
      '+ - id: proofread', '+ responsible: brand', '+ accountable: brand', '+ effort: P1D',
    ]); // prettier-ignore
  });

  it('writes a text of several lines as lines where it can, and in quotes else', () => {
    const rationale = 'Two teams: one date.\n\n  - email # first\n  - social\n';
    const edits = [
      set('audience', rationale),
      set('step copy / name', 'Write\nit'),
      set('name', ' a\nb '),
      set('step brief / name', 'Begin\nhere'),
    ];
    const { text } = editDefinition(FILE, 'Workflow', 'newsletter', edits);
    expect(text).toContain('audience: |\n  Two teams: one date.\n\n    - email # first\n    - social\n');
    expect(text).toContain('name: " a\\nb "');
    expect(text).toContain('name: "Begin\\nhere"');
    const deep = editDefinition(text, 'Workflow', 'newsletter', [set('step copy / produces', ['one\ntwo'])]);
    expect(deep.text).toContain('produces: [ "one\\ntwo" ]');
    const [document] = parseYaml('', text).documents;
    expect(document?.value).toMatchObject({ audience: rationale, name: ' a\nb ' });
  });

  it('keeps the ends of lines of Windows, and a file without an end', () => {
    const windows = FILE.replaceAll('\n', '\r\n');
    const step = { id: 'proofread', responsible: 'brand', accountable: 'brand' };
    const edits = [insert('sections.main.steps', step, { after: 'copy' }), set('regulated', true)];
    const { text } = editDefinition(windows, 'Workflow', 'newsletter', edits);
    expect(text.replaceAll('\r\n', '')).not.toMatch(/[\r\n]/);
    const bare = FILE.replace('# the end\n', '').trimEnd();
    expect(editDefinition(bare, 'Workflow', 'newsletter', [set('regulated', true)]).text).toBe(
      `${bare}\nregulated: true`,
    );
  });

  it('changes one of several definitions of a file', () => {
    const other = `${FILE.replaceAll('newsletter', 'digest')}---\n${FILE}---\n`;
    const { text } = editDefinition(other, 'Workflow', 'newsletter', [set('steward', 'brand')]);
    expect(text).toBe(
      `${FILE.replaceAll('newsletter', 'digest')}---\n${FILE.replace('steward: ops', 'steward: brand')}---\n`,
    );
  });

  it.each([
    [set('sections.main.steps.cpoy.effort', 'P1D'), "there is no 'cpoy', did you mean 'copy'?"],
    [set('step legl / effort', 'P1D'), "this file has no step 'legl'"],
    [remove('sections.main.steps.copy.name'), "there is no 'name' to remove"],
    [set('name.first', 'x'), "there is no 'first'"],
    [insert('sections.main.steps', {}, { after: 'gone' }), "'sections.main.steps' has no entry 'gone'"],
    [insert('name', 'x'), "'name' is no list"],
    [insert('sections.main.steps', {}, { after: 'legal' }), "has no entry 'legal'"],
  ])('says what cannot be done: %j', (edit, message) => {
    expect(() => edited(edit)).toThrow(CannotEdit);
    expect(() => edited(edit)).toThrow(message);
  });

  it('changes nothing under the name of an anchor, where other places would change too', () => {
    const shared = FILE.replace("accountable: 'brand'", 'accountable: &who brand').replace(
      'responsible: legal, accountable: legal',
      'responsible: legal, accountable: *who',
    );
    const change = (edit: Edit) => editDefinition(shared, 'Workflow', 'newsletter', [edit]).text;
    expect(() => change(set('step copy / accountable', 'ops'))).toThrow('give the whole text');
    expect(change(set('step legal / accountable', 'ops'))).toContain(
      'responsible: legal, accountable: ops }',
    );
  });
});

const files = readdirSync('workflows')
  .filter((name) => name.endsWith('.yaml'))
  .map((name) => readFileSync(`workflows/${name}`, 'utf8'));
const texts = [FILE, readFileSync('tests/fixtures/every-key.yaml', 'utf8'), ...files]
  .flatMap((text) => [text, text.replaceAll('\n', '\r\n')])
  .flatMap((text) =>
    parseYaml('', text).documents.flatMap(({ value }) => {
      const { kind, id } = value as { kind?: string; id?: string };
      return kind === undefined || id === undefined ? [] : [{ text, kind, id, value: value as PlainValue }];
    }),
  );

/** Every path of a value, by keys and positions; keys with dots as they are. */
const pathsOf = (value: PlainValue, prefix = ''): string[] => {
  const entries = typeof value === 'object' && value !== null ? Object.entries(value as object) : [];
  return entries.flatMap(([name, each]) => {
    const path = prefix === '' ? name : `${prefix}.${name}`;
    return [path, ...pathsOf(each as PlainValue, path)];
  });
};
const at = (value: PlainValue, path: string): PlainValue => {
  if (path === '' || value === null || typeof value !== 'object') return value;
  // Keys may have dots in them.
  const key = Object.keys(value).find((name) => path === name || path.startsWith(`${name}.`));
  if (key === undefined) return null;
  return at((value as Record<string, PlainValue>)[key] ?? null, path.slice(key.length + 1));
};

const values = fc.oneof(
  fc.constantFrom<PlainValue>('plain', 'with: colon', '# no comment', "it's", '"quoted"', '', ' ', 'yes', 'null', '12', '- dash', '[x]', '{x}', 'a, b', 'two\nlines', 'some\n\n  more\n', 'with: colon\nand # more', ' first\nlast ', '\n', 'three\n\n\n', '---\nend', 'tab\t\r\nend', '*star', '&and', '!bang', '%', '@at', '`tick`', '\t', 'é 日本 🎉', '? q', 'x: #'),
  fc.integer(), fc.boolean(), fc.constant(null),
  fc.string({ unit: 'grapheme-ascii' }),
  fc.array(fc.constantFrom('one', 'two, three', '#4'), { maxLength: 3 }),
  fc.record({ id: fc.constantFrom('new', 'x.y'), effort: fc.constantFrom('P1D', 'a: b') }, { noNullPrototype: true }),
  fc.constant({ id: 'long', text: 'word '.repeat(40), steps: [{ id: 'inner', needs: ['a', 'b'] }] }),
); // prettier-ignore

const editsOf = (paths: readonly string[]): fc.Arbitrary<Edit> =>
  fc.oneof(
    fc.tuple(fc.constantFrom(...paths), values).map(([path, value]) => set(path, value)),
    fc.constantFrom(...paths).map(remove),
    fc
      .tuple(fc.constantFrom(...paths), values, fc.constantFrom('before', 'after', 'end'), fc.nat(3))
      .map(([path, value, where, entry]) =>
        insert(path, value, where === 'end' ? {} : { [where]: String(entry) }),
      ),
    fc.tuple(fc.constantFrom(...paths), values).map(([path, value]) => set(`${path}.zz-new`, value)),
  );

const RUNS = Number(process.env['WEIR_EDITS'] ?? 500);

it('leaves every byte outside of what is edited, and means exactly what was asked for', () => {
  let [done, refused] = [0, 0];
  fc.assert(
    fc.property(
      fc
        .constantFrom(...texts)
        .chain((each) => fc.record({ each: fc.constant(each), edit: editsOf(pathsOf(each.value)) })),
      ({ each: { text, kind, id, value }, edit }) => {
        fc.pre(!['kind', 'id', 'apiVersion'].includes(edit.path));
        let result;
        try {
          result = editDefinition(text, kind, id, [edit]);
        } catch (error) {
          expect(error).toBeInstanceOf(CannotEdit);
          // Only what makes no sense is refused, but for a few forms of writing.
          if ((error as Error).message.includes('give the whole text')) refused += 1;
          return;
        }
        done += 1;
        const [{ from, to, text: put } = { from: 0, to: 0, text: '' }] = result.replacements;
        expect(result.text).toBe(text.slice(0, from) + put + text.slice(to));
        const after = parseYaml('', result.text).documents.map((document) => document.value as PlainValue);
        const now = after.find((document) => (document as { id?: string }).id === id) ?? null;
        const parent = edit.path.split('.').slice(0, -1).join('.');
        if (edit.type === 'set') {
          expect(at(now, edit.path)).toEqual(edit.value);
        }
        if (edit.type === 'insert') {
          const entries = at(value, edit.path);
          if (Array.isArray(entries) && (entries as PlainValue[]).length > 0) expect(to).toBe(from);
          expect(
            (at(now, edit.path) as PlainValue[]).some((entry) => isDeepStrictEqual(entry, edit.value)),
          ).toBe(true);
        }
        if (edit.type === 'remove') {
          const [old, left] = [at(value, parent), at(now, parent)];
          expect(Object.keys(left as object)).toHaveLength(Object.keys(old as object).length - 1);
        }
        // Comments on lines of their own outside of what was replaced are all there.
        const kept = [...text.slice(0, from).split('\n'), ...text.slice(to).split('\n')];
        const comments = kept.filter((line) => line.trimStart().startsWith('#'));
        for (const comment of comments) expect(result.text).toContain(comment.trim());
      },
    ),
    { numRuns: RUNS },
  );
  expect(refused).toBeLessThan(done * 0.03);
});
