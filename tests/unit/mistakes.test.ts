import { readdirSync, readFileSync } from 'node:fs';
import { readDefinitions } from '../../src/gitops/document/read.js';

const shipped = new Map(
  readdirSync('workflows')
    .filter((name) => name.endsWith('.yaml'))
    .map((name): [string, string] => [name, readFileSync(`workflows/${name}`, 'utf8')]),
);

/** The problems of the shipped files with one of them changed, or one more. */
function problemsWith(file: string, change: (text: string) => string) {
  const files = new Map(shipped).set(file, change(shipped.get(file) ?? ''));
  const read = readDefinitions(
    [...files].map(([path, text]) => ({ path, text })),
    '2026-11-23',
  );
  return read.problems.map(({ code, line, column, endColumn, hint, fix }) => ({
    code,
    mark: (files.get(file) ?? '').split('\n')[line - 1]?.slice(column - 1, endColumn - 1),
    ...(hint === undefined ? {} : { hint }),
    ...(fix === undefined ? {} : { fix: fix.text }),
  }));
}
const head = (id: string, more: string) =>
  `apiVersion: weir/v1\nkind: Workflow\nid: ${id}\nname: ${id}\n${more}\n`;

describe('one mistake', () => {
  it.each<[string, string, string, string, object]>([
    [
      'a quoted number',
      'flash-sale.yaml',
      'minSamples: 500',
      'minSamples: "500"',
      { code: 'E_WRONG_TYPE', mark: '"500"', fix: '500' },
    ],
    [
      'a percentage of a percentage',
      'flash-sale.yaml',
      'percent: 20',
      'percent: 20%',
      { code: 'E_WRONG_TYPE', mark: '20%', fix: '20' },
    ],
    [
      'a share as a percentage',
      'flash-sale.yaml',
      'completeness: 0.9',
      'completeness: 90%',
      { code: 'E_WRONG_TYPE', mark: '90%', fix: '0.9' },
    ],
    [
      'a list in the place of a lane',
      'quarterly-b2b-launch.yaml',
      'sales:\n        steps:\n          -',
      'sales:\n          -',
      { code: 'E_WRONG_TYPE', hint: "put the list under 'steps'" },
    ],
    [
      'a number for a duration',
      'product-launch.yaml',
      'duration: PT30M',
      'duration: 30',
      { code: 'E_WRONG_TYPE', mark: '30' },
    ],
    [
      'two units in words',
      'social-post.yaml',
      'effort: PT2H',
      'effort: 1 day 4 hours',
      { code: 'E_WRONG_VALUE', mark: '1 day 4 hours', fix: 'P1DT4H' },
    ],
    [
      'a misspelt unit',
      'social-post.yaml',
      'effort: PT2H',
      'effort: 2 dayz',
      { code: 'E_WRONG_VALUE', mark: '2 dayz', fix: 'P2D' },
    ],
    [
      'a unit that could be two',
      'social-post.yaml',
      'effort: PT2H',
      'effort: 5m',
      {
        code: 'E_WRONG_VALUE',
        mark: '5m',
        hint: 'write P2D for two days, PT4H for four hours, P1W for a week',
      },
    ],
    [
      'a zone without its region',
      'team.yaml',
      'timezone: Europe/Berlin',
      'timezone: Berlin',
      { code: 'E_WRONG_VALUE', mark: 'Berlin', fix: 'Europe/Berlin' },
    ],
    [
      'one channel where a list is',
      'product-launch.yaml',
      'channels: [email, social, events]',
      'channels: email',
      { code: 'E_WRONG_TYPE', mark: 'email' },
    ],
    [
      'an empty guard',
      'flash-sale.yaml',
      /guard: \{[^}]*\}/.exec(shipped.get('flash-sale.yaml') ?? '')?.[0] ?? '',
      'guard: {}',
      { code: 'E_ADAPTIVE_NO_GUARD', mark: 'low-open-rate' },
    ],
    [
      'a milestone before itself',
      'product-launch.yaml',
      'consumers: [creative] }',
      'consumers: [creative], notBefore: [feature-freeze] }',
      { code: 'E_CYCLE', mark: '[feature-freeze]' },
    ],
    [
      'an assignment for a comparison',
      'product-launch.yaml',
      "campaign.risk != 'low'",
      "campaign.risk = 'low'",
      { code: 'E_EXPRESSION', mark: '=' },
    ],
    [
      'a limit that a finding does not have',
      'policy.yaml',
      'findings:',
      'findings:\n  W_OVER_MEETING: { hoursPerWek: 3 }',
      { code: 'E_UNKNOWN_KEY', mark: 'hoursPerWek', fix: 'hoursPerWeek' },
    ],
    [
      'a merge that is not finished',
      'library.yaml',
      'kind: Library',
      '<<<<<<< ours\nkind: Library\n=======\nkind: Team\n>>>>>>> theirs',
      { code: 'E_YAML', mark: '<<<<<<< ours' },
    ],
    [
      'a section after a later one',
      'product-launch.yaml',
      '    model: hub-and-spoke',
      '    model: hub-and-spoke\n    after: [learn]',
      { code: 'E_CYCLE' },
    ],
  ])('is one finding at its token: %s', (_, file, was, now, expected) => {
    expect(shipped.get(file)).toContain(was);
    const problems = problemsWith(file, (text) => text.replace(was, now));
    expect(problems).toEqual([expect.objectContaining(expected)]);
  });

  it('is a circle of workflows that extend each other, once', () => {
    const circle = ['a', 'b', 'c'].map((id, at) => head(id, `extends: ${'bca'.charAt(at)}`)).join('---\n');
    expect(problemsWith('circle.yaml', () => circle)).toEqual([{ code: 'E_EXTENDS', mark: 'b' }]);
  });

  it('is none where a file ends with a separator', () => {
    expect(problemsWith('library.yaml', (text) => `${text}---\n`)).toEqual([]);
  });
});

describe('a child', () => {
  const meaningOf = (more: string) => {
    const files = [...shipped, ['kid.yaml', head('kid', `extends: product-launch\n${more}`)] as const];
    const { definitions, problems } = readDefinitions(
      files.map(([path, text]) => ({ path, text })),
      '2026-11-23',
    );
    expect(problems).toEqual([]);
    return definitions.flatMap((each) =>
      each.kind === 'Workflow' && each.key === 'kid' && each.meaning ? [each.meaning] : [],
    )[0];
  };

  it('changes one hand-off by the sections that it joins, and keeps the others', () => {
    const kid = meaningOf('handoffs: [{ id: sign-off-to-creative, respondWithin: PT2H }]');
    expect(kid?.handoffs[0]).toMatchObject({ from: 'sign-off', to: 'creative', respondWithin: 'PT2H' });
  });

  it('changes one check of a gate by its metric, and keeps the others', () => {
    const kid = meaningOf(
      'sections: [{ id: creative, gates: [{ id: integration-review, checks: [{ metric: message-consistency, atLeast: 0.5 }] }] }]',
    );
    const gate = kid?.sections.flatMap(({ gates }) => gates).find(({ key }) => key === 'integration-review');
    expect(gate?.checks.map(({ metric, limit }) => [metric, limit])).toEqual([
      ['message-consistency', 0.5],
      ['timing-spread', 'PT2H'],
      ['audience-overlap', 0.6],
    ]);
  });
});
