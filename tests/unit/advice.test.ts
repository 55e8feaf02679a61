import { readFileSync, readdirSync } from 'node:fs';
import { minimalWorkflow } from '../../src/application/minimal-workflow.js';
import { quickWin } from '../../src/application/quick-win.js';
import { transition } from '../../src/application/transition.js';
import { complexityOf } from '../../src/domain/learning/complexity.js';
import { firstStep } from '../../src/domain/learning/first-step.js';
import { type ModelInputs, recommendModel } from '../../src/domain/learning/model-choice.js';
import { PATTERN_TRAITS, patternNamedFor } from '../../src/domain/learning/patterns.js';
import { type Capability, readinessOf } from '../../src/domain/learning/readiness.js';
import { inputsFrom, LEVELS, recommendPattern } from '../../src/domain/learning/recommend.js';
import { diffWorkflows } from '../../src/domain/workflow/diff/diff.js';
import type { Workflow } from '../../src/domain/workflow/workflow.js';
import { readDefinitions } from '../../src/gitops/document/read.js';
import { editDefinition } from '../../src/gitops/edit/edit-definition.js';

const SHORT = { s: 'sequential', p: 'parallel', a: 'adaptive' } as const;
/**
 * Columns: weak data with low, medium, high speed, then strong data with the same. Rows: complexity, then maturity. Worked out by
 * hand from the checklist: most votes, no adaptive with weak data or a low maturity, between equals the middle one.
 */
const TABLE = `
low    low    s s s  s s s
low    medium s p p  s p a
low    high   s p s  s a a
medium low    s p p  s p p
medium medium p p p  p p p
medium high   p p p  a p a
high   low    s p s  s p s
high   medium p p p  a p a
high   high   s p p  a a a`;

describe('the recommended pattern', () => {
  const rows = TABLE.trim().split('\n');
  const cases = rows.flatMap((row) => {
    const [complexity, maturity, ...patterns] = row.split(/ +/);
    return patterns.map((pattern, at) => {
      const inputs = {
        complexity,
        maturity,
        dataInfrastructure: at < 3 ? 'weak' : 'strong',
        speed: LEVELS[at % 3],
      };
      return [Object.values(inputs).join(', '), inputs, SHORT[pattern as keyof typeof SHORT]] as const;
    });
  });

  it.each(cases)('for complexity, maturity, data and speed %s', (_, inputs, pattern) => {
    const known = inputsFrom(inputs as Record<string, string>);
    expect(known && recommendPattern(known).pattern).toBe(pattern);
  });
  it('is there for all 54 combinations', () => {
    expect(new Set(cases.map(([name]) => name)).size).toBe(54);
  });

  it('says how each criterion voted', () => {
    const inputs = {
      complexity: 'medium',
      maturity: 'medium',
      dataInfrastructure: 'weak',
      speed: 'medium',
    } as const;
    expect(recommendPattern(inputs)).toEqual({
      ...{ rules: 1, pattern: 'parallel', isUnanimous: true, conflicts: [] },
      votes: [
        { criterion: 'complexity', value: 'medium', patterns: ['parallel'] },
        { criterion: 'maturity', value: 'medium', patterns: ['parallel'] },
        { criterion: 'dataInfrastructure', value: 'weak', patterns: ['sequential', 'parallel'] },
        { criterion: 'speed', value: 'medium', patterns: ['parallel'] },
      ],
      explanation:
        'parallel: all criteria agree (campaign complexity is medium, team maturity is medium, data infrastructure is weak, required speed is medium)',
    });
  });
  it('reports a conflict, and no adaptive without its foundation (R32)', () => {
    const inputs = {
      complexity: 'high',
      maturity: 'low',
      dataInfrastructure: 'weak',
      speed: 'high',
    } as const;
    const { pattern, isUnanimous, conflicts } = recommendPattern(inputs);
    expect([pattern, isUnanimous]).toEqual(['sequential', false]);
    expect(conflicts).toEqual([
      'campaign complexity is high, which speaks for adaptive',
      'required speed is high, which speaks for adaptive',
      'adaptive lacks its foundation: team maturity and data infrastructure',
    ]);
  });
  it('is asked for with known words only', () => {
    expect(inputsFrom({ complexity: 'low', maturity: 'low', dataInfrastructure: 'weak' })).toBeNull();
    expect(
      inputsFrom({ complexity: 'huge', maturity: 'low', dataInfrastructure: 'weak', speed: 'low' }),
    ).toBeNull();
  });
  it('is named for the types of the article (R9), and comes with what it costs (R7)', () => {
    expect(
      ['annual-event', 'event', 'always-on-growth', 'product-launch', 'prevention'].map(patternNamedFor),
    ).toEqual(['sequential', 'sequential', 'adaptive', null, null]);
    expect(
      PATTERN_TRAITS.map(({ pattern, speed, coordinationOverhead }) => [
        pattern,
        speed,
        coordinationOverhead,
      ]),
    ).toEqual([
      ['sequential', 'slow', 'low'],
      ['parallel', 'medium', 'medium'],
      ['adaptive', 'fast', 'high'],
    ]);
  });
});

describe('the recommended model (R27)', () => {
  const MIDDLE: ModelInputs = {
    ...{ complexity: 'medium', speed: 'medium', regulation: 'low', maturity: 'medium', teamSize: null },
  };
  it.each([
    ['hub-and-spoke', { complexity: 'high', regulation: 'low', speed: 'high' }],
    ['linear', { complexity: 'low', regulation: 'high' }],
    ['linear', { complexity: 'low', teamSize: 'small', speed: 'high' }],
    ['hub-and-spoke', { complexity: 'high', teamSize: 'large', regulation: 'medium', speed: 'low' }],
    ['hybrid', { complexity: 'high', regulation: 'high' }],
    ['parallel', {}],
    ['hub-and-spoke', { maturity: 'low' }],
    ['linear', { complexity: 'low', speed: 'low' }],
  ] as const)('is %s for %j', (model, inputs) => {
    expect(recommendModel({ ...MIDDLE, ...inputs }).model).toBe(model);
  });
});

describe('readiness (R31)', () => {
  const score = (capability: Capability, points: number) => ({ capability, score: points, evidence: null });
  it('names the gaps of each pattern', () => {
    const ready = readinessOf([
      ...[score('documentation', 4), score('communication', 3), score('shared-milestones', 5)],
      ...[score('data-infrastructure', 4), score('automation', 2), score('culture-of-change', 3)],
    ]);
    expect(ready.map(({ pattern, status, gaps, unknown }) => [pattern, status, gaps, unknown])).toEqual([
      ['sequential', 'unknown', [], ['discipline']],
      ['parallel', 'ready', [], []],
      ['adaptive', 'not-ready', ['automation'], []],
    ]);
  });
});

describe('the first step (R33)', () => {
  it('is of the simplest pattern that closes all gaps, and begins with the worst', () => {
    expect(firstStep(['late-handoff'])?.pattern).toBe('sequential');
    expect(firstStep(['late-handoff', 'messaging-conflict'])).toEqual({
      pattern: 'parallel',
      element: 'a hand-off with a payload, a check and a time to respond',
    });
    expect(firstStep([])).toBeNull();
  });
});

describe('a decision (R30)', () => {
  it.each(["''", "' '"])('with the rationale %s is refused', (rationale) => {
    const [{ path, text }] = WORKFLOWS.filter(({ text: each }) => each.includes('rationale:')) as [
      { path: string; text: string },
    ];
    const { problems } = readDefinitions(
      [...others(path), { path, text: text.replace(/rationale: .*/, `rationale: ${rationale}`) }],
      TODAY,
    );
    expect(problems.filter(({ severity }) => severity === 'error').map(({ file }) => file)).toEqual([path]);
  });
});

const TODAY = '2026-06-01';
const read = (text: string, others: readonly { path: string; text: string }[] = []) => {
  const { definitions, problems } = readDefinitions([...others, { path: 'it.yaml', text }], TODAY);
  const workflow = definitions.find((each) => each.kind === 'Workflow' && each.file === 'it.yaml')?.meaning;
  if (!workflow) throw new Error(problems.map(({ message }) => message).join('\n'));
  const errors = problems.filter(({ severity, file }) => severity === 'error' && file === 'it.yaml');
  return { workflow: workflow as Workflow, errors };
};
const folder = (path: string) =>
  readdirSync(path)
    .filter((name) => name.endsWith('.yaml'))
    .map((name) => ({ path: name, text: readFileSync(`${path}/${name}`, 'utf8') }));
const EXAMPLE = folder('workflows');
const WORKFLOWS = EXAMPLE.filter(({ text }) => text.includes('kind: Workflow'));
const others = (path: string) => EXAMPLE.filter((each) => each.path !== path);

describe('the quick win (R36)', () => {
  const alone = readFileSync('starter/workflows/newsletter.yaml', 'utf8');
  const post =
    '      - { id: post, kind: launch, channel: social, responsible: email-lead, accountable: campaign-manager, effort: PT1H }\n';
  const starter = alone
    .replace('channels: [email]', 'channels: [email, social]')
    .replace('      - { id: retrospective', `${post}      - { id: retrospective`);

  it('is none where one channel has nothing to be aligned with', () => {
    expect(quickWin(read(alone).workflow)).toEqual({
      because: 'the workflow has one channel: there is nothing to align it with',
    });
  });
  it('is exactly one step more in a chain, and the launch waits for it', () => {
    const before = read(starter).workflow;
    const found = quickWin(before);
    if (!('edit' in found)) throw new Error(found.because);
    const { text } = editDefinition(starter, 'Workflow', 'newsletter', [found.edit]);
    const { workflow, errors } = read(text);
    expect(errors).toEqual([]);
    const { changes } = diffWorkflows(before, workflow);
    expect(changes.map(({ kind, path }) => [kind, path])).toEqual([['step-added', 'step alignment-check']]);
    const steps = workflow.sections.flatMap((section) => (section.model === 'linear' ? section.steps : []));
    expect(steps.map((step) => step.type === 'step' && step.key)).toEqual([
      'brief',
      'copy',
      'approval',
      'alignment-check',
      'send',
      'post',
      'retrospective',
    ]);
    expect(text.split('\n').length).toBe(starter.split('\n').length + 1);
    // A second one finds the first.
    expect(quickWin(workflow)).toEqual({
      because: "'alignment-check' is reviewed right before the launch already",
    });
  });

  it.each(WORKFLOWS.map(({ path }) => path))(
    'of the example %s is one addition that is valid, or a reason',
    (path) => {
      const { text } = WORKFLOWS.find((each) => each.path === path) ?? { text: '' };
      const before = read(text, others(path)).workflow;
      const found = quickWin(before);
      if ('because' in found) {
        expect(found.because).not.toBe('');
        return;
      }
      const after = read(editDefinition(text, 'Workflow', before.key, [found.edit]).text, others(path));
      expect(after.errors).toEqual([]);
      expect(diffWorkflows(before, after.workflow).changes.map(({ kind }) => kind)).toEqual([
        found.edit.path.endsWith('.steps') ? 'step-added' : 'gate-added',
      ]);
    },
  );
});

describe('a gradual transition', () => {
  const options = { timezone: 'Europe/Berlin', trigger: { signal: 'email.open_rate', when: 'value < 0.12' } };

  it.each([
    ['social-post.yaml', 'parallel'],
    ['social-post.yaml', 'adaptive'],
    ['product-launch.yaml', 'adaptive'],
    ['product-launch.yaml', 'sequential'],
  ] as const)('of %s to %s is valid after each single change', (path, to) => {
    let { text } = WORKFLOWS.find((each) => each.path === path) ?? { text: '' };
    // The decision is another matter: without its foundation nothing may be called adaptive.
    text = text
      .replace(/dataInfrastructure: weak/, 'dataInfrastructure: strong')
      .replace(/maturity: low/, 'maturity: high');
    let { workflow } = read(text, others(path));
    const steps = transition(workflow, to, options);
    const open = steps.filter(({ edit }) => edit === null).map(({ summary }) => summary);
    expect(open).toEqual(
      path === 'social-post.yaml'
        ? ['choose what runs side by side: steps that take nothing of each other']
        : [],
    );
    for (const { edit } of steps) {
      if (!edit) continue;
      text = editDefinition(text, 'Workflow', workflow.key, [edit]).text;
      const after = read(text, others(path));
      expect(after.errors).toEqual([]);
      expect(diffWorkflows(workflow, after.workflow).changes.length).toBe(1);
      workflow = after.workflow;
    }
    expect(workflow.pattern).toBe(to);
    expect(steps.length).toBeGreaterThan(to === 'sequential' ? 0 : 2);
    expect(transition(workflow, to, options)).toEqual([]);
  });

  it('says what has to be decided first', () => {
    const { workflow } = read(readFileSync('starter/workflows/newsletter.yaml', 'utf8'));
    const open = (trigger: typeof options.trigger | null, of = workflow) =>
      transition(of, 'adaptive', { timezone: 'UTC', trigger })
        .filter(({ edit }) => edit === null)
        .map(({ summary }) => summary);
    const sideBySide = 'choose what runs side by side: steps that take nothing of each other';
    const signal = 'choose a first signal, and what about it matters';
    const inputs = { dataInfrastructure: 'weak', maturity: 'low' } as const;
    const decision = { ...workflow.decision, inputs: { ...workflow.decision?.inputs, ...inputs } };
    const strong = { ...decision, inputs: { dataInfrastructure: 'strong', maturity: 'high' } as const };
    expect(open(null, { ...workflow, decision: strong } as Workflow)).toEqual([sideBySide, signal]);
    expect(open(options.trigger, { ...workflow, decision } as Workflow)).toEqual([
      sideBySide,
      "build the foundation: 'dataInfrastructure' (weak) and 'maturity' (low), and say in `decision.inputs` when it is there",
    ]);
  });
});

describe('a minimal workflow', () => {
  const roles = { steward: 'ops', lead: 'manager', approver: 'brand' };
  it.each([
    [[{ channel: 'email', role: 'email-lead' }], 'sequential'],
    [
      [
        { channel: 'email', role: 'email-lead' },
        { channel: 'social', role: 'social-lead' },
        { channel: 'web', role: 'web-lead' },
      ],
      'parallel',
    ],
  ])('for %j is valid without a finding', (channels, pattern) => {
    const text = minimalWorkflow({ key: 'first', name: 'First: "one"', ...roles, channels });
    const { definitions, problems } = readDefinitions([{ path: 'first.yaml', text }], TODAY);
    expect(problems).toEqual([]);
    expect(definitions[0]?.meaning).toMatchObject({ key: 'first', name: 'First: "one"', pattern });
  });
});

describe('complexity (R28)', () => {
  it('is high with five channels and nine roles, and says by which numbers', () => {
    const workflow = {
      channels: ['a', 'b', 'c', 'd', 'e'],
      sections: [
        {
          ...{ key: 's', model: 'linear', after: [], gates: [], checkpoints: [], tool: null },
          steps: Array.from({ length: 9 }, (_, at) => ({
            type: 'step',
            key: `s${at}`,
            accountable: `r${at}`,
            responsible: [`r${at}`],
            rework: null,
          })),
        },
      ],
    } as unknown as Workflow;
    expect(complexityOf(workflow)).toEqual({
      ...{ band: 'high', channels: 5, roles: 9, gates: 0 },
      limits: { channelsMedium: 2, channelsHigh: 5, rolesMedium: 4, rolesHigh: 9 },
    });
    expect(complexityOf({ ...workflow, channels: ['a'] }).band).toBe('low');
  });
});
