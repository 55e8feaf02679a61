import { readFileSync } from 'node:fs';
import { readDefinitions } from '../../src/gitops/document/read.js';

const blocks = (file: string, info = 'yaml'): string[] =>
  [...readFileSync(file, 'utf8').matchAll(/```(yaml[^\n]*)\n([\s\S]*?)```/g)].flatMap(
    ([, language, text = '']) => (language === info ? [text] : []),
  );

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

  it('has parts that fit the first example', () => {
    const text = [examples[0], ...blocks('docs/workflow-format.md', 'yaml fragment')].join('');
    expect(readDefinitions([{ path: 'example.yaml', text }], '2026-11-23').problems).toEqual([]);
  });
});
