import { parseAllDocuments } from 'yaml';
import { parseYaml } from '../../src/gitops/document/parse-yaml.js';

interface Example {
  readonly name?: string;
  readonly fail?: boolean;
  readonly yaml?: string;
}
// By a name that is only known at run time: its types, one for each example, are more than a compiler can take.
const packageName = ['yaml', 'test', 'suite'].join('-');
const { default: suite } = (await import(packageName)) as {
  default: readonly { id: string; cases: readonly Example[] }[];
};
/** Every example of the public YAML test suite. */
const examples = suite.flatMap(({ id, cases }) =>
  cases.map(({ name = '', ...each }, position) => ({
    title: `${id}.${position} ${name}`,
    text: each.yaml ?? '',
    ...each,
  })),
);
/** What YAML has and the format leaves out on purpose: tags, directives, keys that are no plain text, odd anchors. */
const LEFT_OUT =
  /^(Unresolved tag|the tag|Unknown directive|Unsupported YAML version|a key must be plain text|Anchor ending in :)/;
/** Wrong, and accepted by the parser: a directive twice, or without a document. */
const LENIENT = new Set(['9MMA.0', 'SF5V.0']);

/** Several documents that use a tag which is not declared. */
const SEVERAL = new Map([
  ['9HCY.0', 2],
  ['QLJ7.0', 3],
]);

const invalid = examples.filter(({ fail }) => fail === true);
const valid = examples.filter(({ fail }) => fail !== true);

describe('the YAML test suite', () => {
  it.each(invalid)('is told what is wrong with $title', ({ title, text }) => {
    const { problems } = parseYaml('suite.yaml', text);
    // One for each document that is wrong by itself.
    const wrong = LENIENT.has(title.slice(0, 6)) ? 0 : (SEVERAL.get(title.slice(0, 6)) ?? 1);
    expect(problems.map(({ code }) => code)).toEqual(Array.from({ length: wrong }, () => 'E_YAML'));
  });

  it.each(valid)('is read as its parser reads $title', ({ text }) => {
    const { documents, problems } = parseYaml('suite.yaml', text);
    const parsed = [...parseAllDocuments(text, { uniqueKeys: false })].filter(
      ({ contents }) => contents !== null,
    );
    for (const { code, message } of problems) {
      if (code === 'E_YAML') expect(message).toMatch(LEFT_OUT);
      else expect(code).toBe('E_DUPLICATE_KEY');
    }
    if (problems.length === 0)
      expect(documents.map(({ value }) => value)).toEqual(parsed.map((each) => each.toJS() as unknown));
  });
});
