import { readFileSync } from 'node:fs';
import { readDefinitions } from '../../src/gitops/document/read.js';

const LAUNCH = readFileSync('tests/fixtures/product-launch.yaml', 'utf8');
const OTHERS = readFileSync('tests/fixtures/other-kinds.yaml', 'utf8');
const TODAY = '2026-11-23';

const read = (...texts: string[]) =>
  readDefinitions(
    texts.map((text, position) => ({ path: `${position}.yaml`, text })),
    TODAY,
  );
/** The text after one edit; fails when there is nothing to edit. */
const edit = (was: string, now: string, text = LAUNCH): string => {
  expect(text).toContain(was);
  return text.replace(was, now);
};
/** Where a word of the edited text stands, as `line:column`. */
const placeOf = (text: string, word: string): string => {
  const before = text.slice(0, text.indexOf(word)).split('\n');
  return `${before.length}:${(before.at(-1)?.length ?? 0) + 1}`;
};
const shown = (text: string, ...others: string[]) =>
  read(text, ...others)
    .problems.filter((problem) => problem.file === '0.yaml')
    .map((problem) => `${problem.code} ${problem.line}:${problem.column}`);

describe('reading definitions', () => {
  it('finds nothing wrong with the full example and the other kinds', () => {
    expect(read(LAUNCH).problems).toEqual([]);
    expect(read(OTHERS).problems).toEqual([]);
    expect(read(OTHERS).definitions.map(({ kind, valid }) => [kind, valid])).toEqual([
      ['Team', true],
      ['Taxonomy', true],
      ['Policy', true],
      ['Library', true],
    ]);
  });

  it.each([
    ['E_UNKNOWN_KEY', 'steward:', 'stewad:', 'stewad'],
    ['E_WRONG_VALUE', 'model: linear  ', 'model: liner  ', 'liner'],
    ['E_WRONG_VALUE', 'kind: retrospective,', 'kind: retrospectiv,', 'retrospectiv,'],
    ['E_UNKNOWN_KEY', 'effort: P3D, produces: [email-copy]', 'efort: P3D, produces: [email-copy]', 'efort'],
    ['E_RACI_MULTIPLE_ACCOUNTABLE', 'accountable: brand,', 'accountable: [brand, legal],', '[brand, legal]'],
    ['E_WRONG_VALUE', 'optimistic: P1D', 'optimistic: 1 day', '1 day'],
    ['E_UNKNOWN_STEP', 'needs: [framework]', 'needs: [framwork]', 'framwork'],
    ['E_UNKNOWN_SECTION', 'after: [sign-off]', 'after: [sign-of]', 'sign-of]'],
    ['E_RULE_WAITS_FOR_EVER', "approved('social-copy')", "approved('social-cpy')", `"approved('social-cpy')`],
    ['E_EXPRESSION', "campaign.risk != 'low'", "campaign.rsk != 'low'", `"campaign.rsk`],
    ['E_UNKNOWN_ACTION', 'block: "launch:email"', 'block: "launch:mail"', '"launch:mail"'],
    ['E_NEEDS_CONDITIONAL', 'needs: [framework]', 'needs: [social-agency]', 'social-agency] }'],
    ['E_CYCLE', 'needs: [framework]', 'needs: [email-send]', '[email-send]'],
    ['E_CYCLE', 'after: [sign-off]', 'after: [sign-off, go-live]', '[sign-off, go-live]'],
    [
      'E_DUPLICATE_ID',
      '{ id: social-post, kind: launch',
      '{ id: email-send, kind: launch',
      'email-send, kind: launch, channel: social',
    ],
    ['E_HANDOFF_NO_RESPONSE_TIME', ', respondWithin: PT8H', '', '{ from: sign-off'],
    ['E_REWORK_TARGET', 'rework: { to: email-copy', 'rework: { to: booth', 'booth, via'],
    ['E_DUPLICATE_ID', '{ id: booth,', '{ id: email-copy,', 'email-copy, responsible: events-lead'],
    ['E_DUPLICATE_KEY', 'pattern: parallel ', 'pattern: parallel\npattern: adaptive ', 'pattern: adaptive'],
  ])('one mistake is one finding at its word: %s (%s → %s)', (code, was, now, word) => {
    const text = edit(was, now);
    expect(shown(text)).toEqual([`${code} ${placeOf(text, word)}`]);
  });

  it('suggests the name that was meant', () => {
    const { problems } = read(edit('needs: [framework]', 'needs: [framwork]'));
    expect(problems[0]?.hint).toBe("did you mean 'framework'?");
  });

  it('shows the circle of sections that wait for each other', () => {
    const { problems } = read(edit('after: [sign-off]', 'after: [sign-off, learn]'));
    expect(problems.map((problem) => problem.message)).toEqual([
      'these sections wait for each other: creative → go-live → learn → creative',
    ]);
  });

  it('checks roles and channels against the documents that name them', () => {
    const { problems } = read(LAUNCH, OTHERS);
    const codes = new Set(problems.map((problem) => problem.code));
    expect(codes).toEqual(new Set(['E_UNKNOWN_ROLE', 'E_UNKNOWN_CHANNEL']));
  });

  it('says where an id was defined first', () => {
    const { problems } = read(LAUNCH, LAUNCH);
    expect(problems).toMatchObject([
      {
        code: 'E_DUPLICATE_ID',
        file: '1.yaml',
        message: "Workflow 'product-launch' is already defined at 0.yaml:3",
      },
    ]);
  });

  it('keeps exact places with CRLF', () => {
    const text = edit('needs: [framework]', 'needs: [framwork]');
    expect(shown(text.replaceAll('\n', '\r\n'))).toEqual(shown(text));
  });

  it('gives equal meaning an equal hash, whatever the formatting', () => {
    const hash = (text: string) => read(text).definitions[0]?.hash;
    const reordered = edit(
      'name: Product launch\nsteward: marketing-ops-manager',
      'steward: marketing-ops-manager\nname: "Product launch"',
    );
    expect(hash(`# a comment\n${reordered}`)).toBe(hash(LAUNCH));
    expect(hash(edit('name: Product launch', 'name: Launch'))).not.toBe(hash(LAUNCH));
  });
});

describe('extends', () => {
  const child = (more: string) =>
    `apiVersion: weir/v1\nkind: Workflow\nid: variant\nname: Variant\nextends: product-launch\n${more}`;

  it('takes over what the parent says and merges lists by id', () => {
    const text = child(
      'sections:\n  - id: learn\n    steps:\n      - { id: survey, responsible: sales, accountable: sales, before: retrospective }\nrules:\n  - { id: social-before-email, remove: true }\n',
    );
    const { definitions, problems } = read(text, LAUNCH);
    expect(problems).toEqual([]);
    const variant = definitions.find((definition) => definition.key === 'variant');
    if (variant?.kind !== 'Workflow' || !variant.meaning) throw new Error('not understood');
    const { sections, rules, name } = variant.meaning;
    const learn = sections.at(-1);
    expect([name, rules, sections.length]).toEqual(['Variant', [], 4]);
    expect(learn?.model === 'linear' && learn.steps.map((step) => step.key)).toEqual([
      'survey',
      'retrospective',
    ]);
  });

  it('places a mistake in the file that has it', () => {
    const parent = edit('needs: [framework]', 'needs: [framwork]');
    const { problems } = read(child(''), parent);
    expect(problems.map(({ file, code }) => [file, code])).toEqual([
      ['1.yaml', 'E_UNKNOWN_STEP'],
      ['1.yaml', 'E_UNKNOWN_STEP'],
    ]);
  });

  it('refuses a circle', () => {
    expect(shown(child('').replace('extends: product-launch', 'extends: variant'))).toEqual([
      'E_EXTENDS 5:10',
    ]);
  });
});

describe('hostile and foreign files', () => {
  const names = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h', 'i'];
  const bomb = names.map((name, position) => {
    const inside = names[position - 1] === undefined ? 'x' : `*${names[position - 1]}`;
    return `${name}: &${name} [${Array.from({ length: 9 }, () => inside).join(', ')}]`;
  });

  it.each([
    ['billion laughs', `apiVersion: weir/v1\n${bomb.join('\n')}`, 'E_TOO_MANY_VALUES'],
    ['brackets 10,000 deep', `apiVersion: weir/v1\nkind: Workflow\nx: ${'['.repeat(10_000)}`, 'E_TOO_DEEP'],
    ['2 MB', `apiVersion: weir/v1\n#${'x'.repeat(2_000_000)}`, 'E_FILE_TOO_LARGE'],
    ['broken YAML', 'apiVersion: weir/v1\nkind: Workflow\nid: [', 'E_YAML'],
    ['not UTF-8', 'apiVersion: weir/v1\nname: \uFFFD', 'E_NOT_TEXT'],
    ['a later version', 'apiVersion: weir/v2\nkind: Workflow\nid: x', 'E_API_VERSION'],
    ['an unknown kind', 'apiVersion: weir/v1\nkind: Workflw\nid: x', 'E_KIND'],
    ['no id', 'apiVersion: weir/v1\nkind: Workflow\n', 'E_MISSING_ID'],
    ["another tool's file", 'on: push\njobs: {}\n', 'W_NOT_WEIR'],
    ["another tool's Workflow", 'apiVersion: argoproj.io/v1alpha1\nkind: Workflow\n', 'W_NOT_WEIR'],
  ])('%s is one clear finding', (_, text, code) => {
    expect(read(text).problems.map((problem) => problem.code)).toEqual([code]);
  });
});
