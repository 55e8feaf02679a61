import { readFileSync } from 'node:fs';
import { definitionsOf } from '../support/definitions.js';
import { parse, stringify } from 'yaml';
import { canonicalJson } from '../../src/domain/workflow/canonical.js';
import { applyChanges } from '../../src/domain/workflow/diff/apply.js';
import { partsOf, workflowOf as together } from '../../src/domain/workflow/diff/parts.js';
import { diffWorkflows } from '../../src/domain/workflow/diff/diff.js';
import { changeKinds } from '../../src/domain/workflow/diff/catalogue.js';
import { workflowOf } from '../support/play.js';
import { mutated, randomWorkflow } from '../support/random-workflow.js';

/** `WEIR_PAIRS=10000` asks for as many as the nightly run. */
const PAIRS = Number(process.env['WEIR_PAIRS'] ?? 250);
const pairs = Array.from({ length: PAIRS }, (_, seed) => {
  const before = randomWorkflow(seed);
  const { workflow: after, names } = mutated(before, seed, 1 + (seed % 4));
  return { seed, before, after, names };
});

describe('the difference of two workflows', () => {
  it('is nothing where they are the same', () => {
    for (const { before } of pairs) expect(diffWorkflows(before, before).changes).toEqual([]);
  });

  it('rests on parts that can be put together again', () => {
    for (const { before } of pairs)
      expect(canonicalJson(together(partsOf(before)))).toBe(canonicalJson(before));
  });

  it('leads from the one to the other', () => {
    for (const { seed, before, after, names } of pairs) {
      const { changes } = diffWorkflows(before, after);
      expect([seed, names, canonicalJson(applyChanges(before, changes))]).toEqual([
        seed,
        names,
        canonicalJson(after),
      ]);
      expect([seed, names, changes.length > 0]).toEqual([
        seed,
        names,
        canonicalJson(before) !== canonicalJson(after),
      ]);
    }
  });

  it('is nothing where only the writing differs', () => {
    const text = readFileSync('tests/fixtures/product-launch.yaml', 'utf8');
    const document = parse(text) as Record<string, unknown>;
    const shuffled = Object.fromEntries(Object.entries(document).reverse());
    for (const other of [
      `# A remark\n${text.replaceAll('\n', '   # another\n')}`,
      stringify(document),
      stringify(shuffled, { defaultKeyType: 'QUOTE_DOUBLE', defaultStringType: 'QUOTE_SINGLE' }),
      JSON.stringify(document),
      text.replaceAll('\n', '\r\n'),
      text.replace('channels: [email, social, events]', 'channels: [events, email, social]'),
    ]) {
      expect(other).not.toBe(text);
      expect(diffWorkflows(workflowOf(text), workflowOf(other)).changes).toEqual([]);
    }
  });

  it('takes what is called otherwise for the same, wherever it is mentioned', () => {
    const text = readFileSync('tests/fixtures/product-launch.yaml', 'utf8');
    for (const [kind, from, to] of [
      ['step', 'framework', 'shared-framework'],
      ['step', 'email-copy', 'write-email'],
      ['section', 'go-live', 'launch-day'],
      ['gate', 'integration-review', 'last-look'],
      ['rule', 'social-before-email', 'email-last'],
      ['milestone', 'feature-freeze', 'code-freeze'],
    ] as const) {
      const other = text
        .replaceAll(new RegExp(`(?<![\\w-])${from}(?![\\w-])`, 'g'), to)
        .replace(`produces: [${to}]`, `produces: [${from}]`);
      const { changes } = diffWorkflows(workflowOf(text), workflowOf(other));
      expect(changes.map((change) => [change.element, change.verb, change.before, change.after])).toEqual([
        [kind, 'renamed', from, to],
      ]);
    }
  });

  it('is told in sentences', () => {
    const { changes } = diffWorkflows(
      workflowOf(readFileSync('tests/fixtures/diff/before.yaml', 'utf8')),
      workflowOf(readFileSync('tests/fixtures/diff/after.yaml', 'utf8')),
    );
    const told = changes.map(
      ({ kind, classification, summary }) => `${classification.padEnd(10)}  ${kind.padEnd(32)}  ${summary}\n`,
    );
    expect(told.join('')).toBe(readFileSync('tests/fixtures/diff/sentences.txt', 'utf8'));
  });

  it.each([
    [
      'product-launch',
      'merge: all',
      'merge: [email, social]',
      "gate 'integration-review': waits for all lanes → email, social",
    ],
    [
      'flash-sale',
      'percent: 20',
      'percent: 30',
      "trigger 'low-open-rate': actions shiftBudget percent 20 → 30",
    ],
    [
      'product-launch',
      '{ from: sign-off',
      '{ id: pass, from: sign-off',
      "hand-off 'sign-off-to-creative' is now called 'pass'",
    ],
    [
      'product-launch',
      'rules:',
      'rules:\n  - { id: wait, block: "start:booth", until: "done(\'brief\')" }',
      "rule 'wait' (no start of booth until done('brief')) added",
    ],
  ])('says what differs in the terms of %s: %s', (name, was, now, told) => {
    const text = readFileSync(`workflows/${name}.yaml`, 'utf8');
    const [before, after] = [text, text.replace(was, now)].map((each) => definitionsOf(each).workflow);
    if (!before || !after) throw new Error('no workflow');
    expect(diffWorkflows(before, after).changes.map(({ summary }) => summary)).toEqual([told]);
  });

  it('knows every kind by name', () => {
    const known = new Set(changeKinds().map(({ kind }) => kind));
    for (const { before, after } of pairs)
      for (const { kind } of diffWorkflows(before, after).changes) expect(known).toContain(kind);
  });

  it('survives being stored as JSON', () => {
    for (const { before, after } of pairs.slice(0, 50)) {
      const { changes } = diffWorkflows(before, after);
      const stored = JSON.parse(JSON.stringify(changes)) as typeof changes;
      expect(canonicalJson(applyChanges(before, stored))).toBe(canonicalJson(after));
    }
  });
});
