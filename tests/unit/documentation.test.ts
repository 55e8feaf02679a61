import { readFileSync } from 'node:fs';
import { readDefinitions } from '../../src/gitops/document/read.js';

const blocks = (file: string): string[] =>
  [...readFileSync(file, 'utf8').matchAll(/```yaml\n([\s\S]*?)```/g)].map((match) => match[1] ?? '');

describe('docs/workflow-format.md', () => {
  const examples = blocks('docs/workflow-format.md');

  it('has examples of all five kinds', () => {
    const { definitions } = readDefinitions(
      examples.map((text, position) => ({ path: `${position}.yaml`, text })),
      '2026-11-23',
    );
    expect(definitions.map((definition) => definition.kind)).toEqual([
      'Workflow',
      'Team',
      'Taxonomy',
      'Policy',
      'Library',
    ]);
  });

  it.each(examples.map((text, position) => [position + 1, text] as const))(
    'example %i is valid',
    (_, text) => {
      expect(readDefinitions([{ path: 'example.yaml', text }], '2026-11-23').problems).toEqual([]);
    },
  );
});
