import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { consistencyOf } from '../../src/domain/alignment/consistency.js';

interface Labelled {
  readonly id: string;
  readonly a: { readonly channel: string; readonly text: string };
  readonly b: { readonly channel: string; readonly text: string };
  readonly facts: readonly string[];
}
const pairsOf = (name: string): Labelled[] =>
  parse(readFileSync(`tests/fixtures/consistency/${name}.yaml`, 'utf8')) as Labelled[];

function found({ a, b }: Labelled): string[] {
  const texts = [a, b].map((text, at) => ({ ...text, id: String(at) }));
  const { contradictions } = consistencyOf(texts, { timezone: 'Europe/Berlin', products: [] });
  return [...new Set(contradictions.map(({ fact }) => fact))].sort();
}

/** F1 over pairs, contradicting or not, and over the facts that they contradict each other on. */
function score(pairs: readonly Labelled[]): { pairs: number; facts: number } {
  const counts = { pairs: [0, 0, 0], facts: [0, 0, 0] };
  for (const pair of pairs) {
    const own = found(pair);
    const add = (kind: 'pairs' | 'facts', wanted: boolean, got: boolean) => {
      const at = wanted && got ? 0 : got ? 1 : 2;
      if (wanted || got) counts[kind][at] = (counts[kind][at] ?? 0) + 1;
    };
    add('pairs', pair.facts.length > 0, own.length > 0);
    for (const fact of new Set([...pair.facts, ...own]))
      add('facts', pair.facts.includes(fact), own.includes(fact));
  }
  const f1 = ([right = 0, wrong = 0, missed = 0]: number[]) => (2 * right) / (2 * right + wrong + missed);
  return { pairs: f1(counts.pairs), facts: f1(counts.facts) };
}

describe('contradictions in texts labelled by hand', () => {
  it('are found in the half that was not looked at, with an F1 of 0.95 and more (R74)', () => {
    const held = score(pairsOf('held-out'));
    expect(held.pairs).toBeGreaterThanOrEqual(0.95);
    expect(held.facts).toBeGreaterThanOrEqual(0.95);
    const all = score([...pairsOf('tuning'), ...pairsOf('held-out')]);
    expect(all.pairs).toBeGreaterThanOrEqual(0.95);
  });

  it('have 300 pairs and more, half of them contradicting', () => {
    const all = [...pairsOf('tuning'), ...pairsOf('held-out')];
    const share = all.filter(({ facts }) => facts.length > 0).length / all.length;
    expect(all.length).toBeGreaterThanOrEqual(300);
    expect(share).toBeGreaterThan(0.4);
    expect(share).toBeLessThan(0.6);
  });

  it.each(pairsOf('more').map((pair) => [pair.id, pair] as const))('stay right: %s', (_, pair) => {
    expect(found(pair)).toEqual([...pair.facts].sort());
  });
});
