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
    expect(new Set(read(OTHERS).problems.map(({ code }) => code))).toEqual(new Set(['W_UNKNOWN_REFERENCE']));
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
    ['E_UNKNOWN_NAME', "approved('social-copy')", "approved('social-cpy')", 'social-cpy'],
    ['E_EXPRESSION', "campaign.risk != 'low'", "campaign.rsk != 'low'", 'rsk'],
    ['E_UNKNOWN_ACTION', 'block: "launch:email"', 'block: "launch:mail"', '"launch:mail"'],
    ['E_NEEDS_CONDITIONAL', 'needs: [framework]', 'needs: [social-agency]', 'social-agency] }'],
    ['E_CYCLE', 'needs: [framework]', 'needs: [email-send]', 'email-send]'],
    ['E_CYCLE', 'after: [sign-off]', 'after: [sign-off, go-live]', '[sign-off, go-live]'],
    [
      'E_DUPLICATE_ID',
      '{ id: social-post, kind: launch',
      '{ id: email-send, kind: launch',
      'email-send, kind: launch, channel: social',
    ],
    ['E_HANDOFF_NO_RESPONSE_TIME', ', respondWithin: PT8H', '', 'async'],
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
    expect(codes).toEqual(new Set(['E_UNKNOWN_ROLE', 'E_UNKNOWN_CHANNEL', 'W_UNKNOWN_REFERENCE']));
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
    expect(problems.map(({ file, code }) => [file, code])).toEqual([['1.yaml', 'E_UNKNOWN_STEP']]);
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
    ['no id', 'apiVersion: weir/v1\nkind: Team\nroles: []\n', 'E_MISSING_KEY'],
    ["another tool's file", 'on: push\njobs: {}\n', 'W_NOT_WEIR'],
    ["another tool's Workflow", 'apiVersion: argoproj.io/v1alpha1\nkind: Workflow\n', 'W_NOT_WEIR'],
  ])('%s is one clear finding', (_, text, code) => {
    expect(read(text).problems.map((problem) => problem.code)).toEqual([code]);
  });
});

describe('several mistakes', () => {
  it('are as many findings, each at its word, in one pass', () => {
    const text = [
      ['steward: marketing-ops-manager', 'stewad: marketing-ops-manager'],
      ['effort: P3D, produces: [email-copy]', 'effort: 3 days, produces: [email-copy]'],
      ['needs: [framework]', 'needs: [framwork]'],
      ['respondWithin: PT8H', 'respondWithin: [PT8H]'],
      ["campaign.risk != 'low'", "campaign.risk != 'lwo'"],
    ].reduce((before, [was = '', now = '']) => edit(was, now, before), LAUNCH);
    expect(shown(text)).toEqual([
      `E_UNKNOWN_KEY ${placeOf(text, 'stewad')}`,
      `E_UNKNOWN_WORD ${placeOf(text, 'lwo')}`,
      `E_WRONG_VALUE ${placeOf(text, '3 days')}`,
      `E_UNKNOWN_STEP ${placeOf(text, 'framwork')}`,
      `E_WRONG_TYPE ${placeOf(text, '[PT8H]')}`,
    ]);
  });

  it.each([
    [
      'a misspelt hand-off does not leave a boundary without one',
      'to: creative,',
      'to: creatve,',
      ['E_UNKNOWN_SECTION'],
    ],
    [
      'an artefact that is not approved after all',
      'approves: [social-copy]',
      'approves: [social-cpy]',
      ['E_UNKNOWN_ARTEFACT'],
    ],
    [
      'a key under the name of another tool',
      'accountable: creative-lead, effort: P3D',
      'owner: creative-lead, effort: P3D',
      ['E_UNKNOWN_KEY'],
    ],
    ['an id that is no text', '{ id: booth,', '{ id: [booth],', ['E_WRONG_TYPE']],
    ['nothing behind a key', 'max: 2', 'max:', ['E_WRONG_TYPE']],
    ['lanes in a linear section', '    model: parallel\n', '    model: linear\n', ['E_SECTION_FORM']],
    ['a list where one is needed', 'model: parallel\n', 'model: [parallel]\n', ['E_WRONG_VALUE']],
  ] as const)('are not seen where there is one: %s', (_, was, now, codes) => {
    expect(read(edit(was, now)).problems.map(({ code }) => code)).toEqual(codes);
  });

  it('suggests what to write instead', () => {
    const text = edit('effort: P3D, produces: [email-copy]', 'effort: 3 days, produces: [email-copy]');
    const [problem] = read(text).problems;
    expect(problem?.fix).toEqual({
      file: '0.yaml',
      line: problem?.line,
      column: problem?.column,
      endLine: problem?.endLine,
      endColumn: problem?.endColumn,
      text: 'P3D',
    });
  });

  it('says where an id was defined first', () => {
    const text = edit('{ id: booth,', '{ id: email-copy,');
    const [line, column] = placeOf(text, 'email-copy,').split(':').map(Number);
    expect(read(text).problems[0]?.related).toMatchObject([{ line, column, message: 'first defined here' }]);
  });
});

describe('what would wait for ever', () => {
  const messages = (text: string) => read(text).problems.map(({ code, message }) => `${code} ${message}`);

  it('is a rule that waits for what it holds back', () => {
    const text = edit('block: "launch:email"', 'block: "start:social-approval"');
    expect(messages(text)).toEqual([
      "E_RULE_WAITS_FOR_EVER rule 'social-before-email' would hold back 'social-approval' for ever: approved('social-copy') waits for 'social-approval'",
    ]);
  });

  it('is a rule that waits for a branch not every campaign takes', () => {
    const text = edit(`until: "approved('social-copy')"`, `until: "done('social-agency')"`);
    expect(messages(text)).toEqual([
      "E_RULE_WAITS_FOR_EVER rule 'social-before-email' would hold back 'email-send' for ever: done('social-agency') never holds, since 'social-agency' is not taken",
    ]);
  });

  it('is a rule that waits for a step that some campaigns do not need', () => {
    const text = edit(`until: "approved('social-copy')"`, `until: "done('legal')"`);
    expect(messages(text)).toEqual([
      "E_RULE_WAITS_FOR_EVER rule 'social-before-email' would hold back 'email-send' for ever in a campaign with risk 'low': done('legal') never holds, since 'legal' is not needed",
    ]);
  });

  it.each(["brief.tone == 'formal'", "brief.tone != ''", "campaign.risk == 'high'", 'has(brief.tone)'])(
    'is not a rule that waits for what people can change: %s',
    (until) => {
      expect(messages(edit(`until: "approved('social-copy')"`, `until: "${until}"`))).toEqual([]);
    },
  );

  it('is a rule that waits for what a campaign is created with', () => {
    const [found] = messages(edit(`until: "approved('social-copy')"`, `until: "campaign.regulated"`));
    expect(found).toMatch(/^E_RULE_WAITS_FOR_EVER /);
  });

  it('is not a rule that gives another way', () => {
    const text = edit(`until: "approved('social-copy')"`, `until: "done('legal') || campaign.risk == 'low'"`);
    expect(messages(text)).toEqual([]);
  });

  it('is a hand-off of something made after it', () => {
    const text = edit('payload: [brief, offerCode, segments]', 'payload: [brief, key-messages]');
    expect(messages(text)).toEqual([
      "E_HANDOFF_WAITS_FOR_EVER hand-off 'sign-off-to-creative' would wait for ever: 'key-messages' is not there before it",
    ]);
  });

  it('is a condition that holds for no campaign', () => {
    const text = edit(`"campaign.risk != 'low'"`, `"campaign.risk == 'low' && campaign.risk == 'high'"`);
    expect(messages(text)).toEqual([
      "E_NEVER_RUNS this condition holds for no campaign: campaign.risk == 'low' && campaign.risk == 'high'",
    ]);
  });

  it('is a check that no measurement passes', () => {
    expect(messages(edit('atLeast: 0.9', 'atLeast: 90'))).toEqual([
      'E_GATE_WAITS_FOR_EVER message-consistency is from 0 to 1, so this check never passes',
    ]);
  });

  it('is not a step that needs another of a weaker condition', () => {
    const conditional = edit('needs: [framework]', `needs: [legal], when: "campaign.risk == 'high'"`);
    expect(messages(conditional)).toEqual([]);
    const wider = edit('needs: [framework]', `needs: [legal], when: "campaign.risk != 'high'"`);
    expect(messages(wider)).toEqual([
      "E_NEEDS_CONDITIONAL step 'booth' needs 'legal', which runs only when campaign.risk != 'low'; a campaign with risk 'low' would wait for ever",
    ]);
  });
});

describe('tests beside a workflow', () => {
  const withTests = (tests: string) =>
    read(`${LAUNCH}\ntests:\n${tests}`).problems.map(({ message }) => message);

  it('play a campaign through', () => {
    const problems = withTests(`
  - name: the email waits for the social copy
    campaign: { risk: low }
    brief: { offerCode: SPRING25, segments: [smb], valueProposition: x, launchDate: 2026-12-01 }
    given: [{ complete: brief }, { approve: brand }, { accept: sign-off-to-creative }, { reach: social-approval }]
    expect:
      steps: { legal: not-needed, social-agency: not-taken, social-approval: ready, email-send: waiting }
      gates: { integration-review: waiting }
      handoffs: { sign-off-to-creative: accepted }
      refused: [{ launch: email }, { accept: sign-off-to-creative-x }]
      allowed: [{ approve: social-approval }, { reject: social-approval }]`);
    expect(problems).toEqual(["unknown hand-off 'sign-off-to-creative-x'"]);
  });

  it('say what a step is held up by that cannot be reached', () => {
    const problems = withTests(`
  - name: nobody has written the offer
    brief: { segments: [smb], valueProposition: x, launchDate: 2026-12-01 }
    given: [{ reach: social-approval }]
    expect: {}`);
    expect(problems).toEqual([
      "'nobody has written the offer': reach social-approval is refused: hand-off 'sign-off-to-creative' lacks offerCode",
    ]);
  });

  it('fail where something else happens', () => {
    const problems = withTests(`
  - name: legal always looks at it
    campaign: { risk: low }
    given: [{ complete: brief }]
    expect: { steps: { legal: ready, brand: ready }, allowed: [{ launch: email }] }
  - name: a step out of turn
    given: [{ complete: framework }]
    expect: {}`);
    expect(problems).toEqual([
      "'legal always looks at it': legal is not-needed, expected ready",
      expect.stringContaining("'legal always looks at it': launch email is refused, expected to be allowed"),
      expect.stringContaining(
        "'a step out of turn': complete framework is refused: step 'framework' waits for",
      ),
    ]);
  });
});
