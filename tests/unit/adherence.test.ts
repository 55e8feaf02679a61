import { adherence } from '../../src/domain/adherence/adherence.js';
import { align } from '../../src/domain/adherence/align.js';
import type { EventLog } from '../../src/domain/adherence/event-log.js';
import { RunModel } from '../../src/domain/adherence/model.js';
import { compileWorkflow } from '../../src/domain/workflow/compile.js';
import type { CompiledWorkflow, Node, OrderNode } from '../../src/domain/workflow/compiled.js';
import { definitionsOf, linear, network, step } from '../support/definitions.js';
import { Chance } from '../support/random-workflow.js';

const HOUR = 3_600_000;
const compiledFrom = (text: string) => compileWorkflow(definitionsOf(text).workflow);

/** A log of cases, each a list of activities that end an hour after each other, or at the hours given. */
function logOf(...cases: readonly (readonly (string | readonly [string, number, number?])[])[]): EventLog {
  const activities: string[] = [];
  const place = (name: string) => {
    if (!activities.includes(name)) activities.push(name);
    return activities.indexOf(name);
  };
  return {
    activities,
    cases: cases.map((events, at) => {
      const timed = events.map((event, hour) =>
        typeof event === 'string' ? ([event, hour + 1] as const) : event,
      );
      const hasStarts = timed.every((event) => event.length > 2);
      return {
        id: `case-${at + 1}`,
        activities: Int32Array.from(timed, ([name]) => place(name)),
        ends: Float64Array.from(timed, (event) => (event[2] ?? event[1]) * HOUR),
        starts: hasStarts ? Float64Array.from(timed, ([, start]) => start * HOUR) : null,
      };
    }),
  };
}
const costOf = (compiled: CompiledWorkflow, trace: readonly string[]): number => {
  const [only] = adherence(compiled, logOf(trace)).perCase;
  return only?.deviations.length ?? -1;
};

/** Every run of a small model, as words: written down from what the parts mean, with no search. */
function language(node: Node): string[][] {
  switch (node.type) {
    case 'step':
      return node.step.optional || node.step.when !== null ? [[], [node.step.key]] : [[node.step.key]];
    case 'gate':
    case 'handoff':
      return [[]];
    case 'choice':
      return node.branches.flatMap(language);
    case 'loop': {
      const [body, redo] = [language(node.body), language(node.redo)];
      let words = body;
      const all = [...body];
      for (let round = 0; round < node.max; round++) {
        words = words.flatMap((word) =>
          redo.flatMap((via) => body.map((again) => [...word, ...via, ...again])),
        );
        all.push(...words);
      }
      return all;
    }
    case 'order': {
      const words = interleaved(node);
      return node.when === null ? words : [[], ...words];
    }
  }
}

function interleaved({ nodes, edges }: OrderNode): string[][] {
  const choices = nodes.reduce<string[][][]>(
    (all, node) => all.flatMap((words) => language(node).map((word) => [...words, word])),
    [[]],
  );
  const merge = (words: readonly string[][]): string[][] => {
    if (words.every((word) => word.length === 0)) return [[]];
    return words.flatMap((word, at) => {
      const isFree = edges.every(([from, to]) => to !== at || reaches(from, words));
      if (word.length === 0 || !isFree) return [];
      return merge(words.map((each, other) => (other === at ? each.slice(1) : each))).map((rest) => [
        word[0] ?? '',
        ...rest,
      ]);
    });
  };
  /** Whether a part and everything before it is used up. */
  const reaches = (at: number, words: readonly string[][]): boolean =>
    words[at]?.length === 0 && edges.every(([from, to]) => to !== at || reaches(from, words));
  return choices.flatMap(merge);
}

/** Events and steps that are left over when as many as possible are matched in order. */
function distance(one: readonly string[], other: readonly string[]): number {
  const common = Array.from({ length: one.length + 1 }, () => new Array<number>(other.length + 1).fill(0));
  one.forEach((a, i) =>
    other.forEach((b, j) => {
      const row = common[i + 1] ?? [];
      row[j + 1] = a === b ? (common[i]?.[j] ?? 0) + 1 : Math.max(common[i]?.[j + 1] ?? 0, row[j] ?? 0);
    }),
  );
  return one.length + other.length - 2 * (common[one.length]?.[other.length] ?? 0);
}

function randomText(chance: Chance): string {
  let count = 0;
  const one = (more = '') => step(`s${count++}`, 'P1D', more);
  const blocks = (depth: number): string[] => {
    const kind = chance.below(depth > 1 ? 3 : 7);
    if (kind === 0) return [one(chance.is(0.3) ? 'optional: true' : '')];
    if (kind === 1) return [one(chance.is(0.3) ? 'when: "campaign.risk == \'high\'"' : '')];
    if (kind === 2) return [one()];
    if (kind === 6) {
      const [to, via] = [count, `r${count}`];
      const rework = `rework: { to: s${to}, via: ${step(via, 'P1D')}, max: ${1 + chance.below(2)} }`;
      return [one(), one(`kind: review, ${rework}`)];
    }
    const members = Array.from({ length: 2 }, () => {
      const when = kind < 5 && chance.is(0.2) ? 'when: "campaign.risk == \'low\'", ' : '';
      return `{ ${when}steps: [${[...blocks(depth + 1), ...(chance.is(0.4) ? blocks(depth + 1) : [])].join(', ')}] }`;
    });
    return [`{ ${kind < 5 ? 'allOf' : 'oneOf'}: [${members.join(', ')}] }`];
  };
  return linear(...Array.from({ length: 1 + chance.below(3) }, () => blocks(0)).flat());
}

describe('an alignment', () => {
  it('costs what the nearest run costs, by trying all of them', () => {
    let compared = 0;
    for (let seed = 0; compared < Number(process.env['WEIR_TRACES'] ?? 600); seed++) {
      const chance = new Chance(seed);
      const compiled = compiledFrom(randomText(chance));
      const words = language(compiled.root);
      if (words.length > 400) continue;
      const keys = [...new Set(words.flat())];
      const traces = [
        ...Array.from({ length: 3 }, () => disturbed(chance.one(words), keys, chance)),
        Array.from({ length: chance.below(7) }, () => chance.one([...keys, 'unknown'])),
      ];
      for (const trace of traces) {
        const expected = Math.min(...words.map((word) => distance(trace, word)));
        expect([seed, trace.join(' '), costOf(compiled, trace)]).toEqual([seed, trace.join(' '), expected]);
        compared++;
      }
    }
  });

  it('respects what is needed across lanes', () => {
    const compiled = compiledFrom(
      network(['a', 'P1D', []], ['b', 'P1D', ['a']], ['c', 'P1D', []], ['d', 'P1D', ['b', 'c']]),
    );
    expect(costOf(compiled, ['c', 'a', 'b', 'd'])).toBe(0);
    expect(costOf(compiled, ['b', 'a', 'c', 'd'])).toBe(2);
    expect(costOf(compiled, ['a', 'b', 'd', 'c'])).toBe(2);
  });

  it('lets what follows a quorum begin while the other lanes go on, and misses them if they never end', () => {
    const text = `${network(['one', 'P1D', []], ['two', 'P1D', []], ['three', 'P1D', []]).replace('merge: all', 'merge: { atLeast: 2 }')}  - { id: then, model: linear, after: [main], steps: [${step('live', 'P1D')}] }\n`;
    const compiled = compiledFrom(text);
    expect(costOf(compiled, ['one', 'three', 'live', 'two'])).toBe(0);
    expect(costOf(compiled, ['one', 'three', 'live'])).toBe(1);
    expect(costOf(compiled, ['one', 'live', 'three', 'two'])).toBe(2);
  });

  it.each([
    [
      'forty steps side by side, shuffled',
      (): [string, string[]] => {
        const keys = Array.from({ length: 40 }, (_, at) => `s${at}`);
        return [network(...keys.map((key) => [key, 'P1D', []] as const)), [...keys].reverse()];
      },
      0,
    ],
    [
      'a chain of forty, backwards',
      (): [string, string[]] => {
        const keys = Array.from({ length: 40 }, (_, at) => `s${at}`);
        return [linear(...keys.map((key) => step(key, 'P1D'))), [...keys].reverse()];
      },
      78,
    ],
    [
      'sixty steps, ten missing and ten that nobody knows',
      (): [string, string[]] => {
        const keys = Array.from({ length: 60 }, (_, at) => `s${at}`);
        const trace = keys.flatMap((key, at) =>
          at % 6 === 3 ? [] : at % 6 === 0 ? [key, 'strange'] : [key],
        );
        return [linear(...keys.map((key) => step(key, 'P1D'))), trace];
      },
      20,
    ],
    [
      'twelve lanes of four, every second lane with two steps swapped',
      (): [string, string[]] => {
        const lanes = Array.from({ length: 12 }, (_, lane) =>
          Array.from({ length: 4 }, (__, at) => `l${lane}x${at}`),
        );
        const text = network(
          ...lanes.flatMap((lane) =>
            lane.map((key, at) => [key, 'P1D', at === 0 ? [] : [lane[at - 1] ?? '']] as const),
          ),
        );
        const swapped = lanes.map((lane, at) => (at % 2 === 0 ? [lane[0], lane[2], lane[1], lane[3]] : lane));
        return [text, [0, 1, 2, 3].flatMap((at) => swapped.map((lane) => lane[at] ?? ''))];
      },
      12,
    ],
  ])('is found for %s', (_, make, cost) => {
    const [text, trace] = make();
    expect(costOf(compiledFrom(text), trace)).toBe(cost);
  });

  it('is the same every time', () => {
    const model = new RunModel(
      compiledFrom(network(['a', 'P1D', []], ['b', 'P1D', []], ['c', 'P1D', ['a', 'b']])),
    );
    const at = (key: string) => model.vertices.findIndex((vertex) => vertex.step?.key === key);
    const trace = [[at('c')], [at('a')]];
    expect(align(model, trace)).toEqual(align(model, trace));
  });
});

function disturbed(word: readonly string[], keys: readonly string[], chance: Chance): string[] {
  const trace = [...word];
  for (let times = chance.below(4); times > 0; times--) {
    const at = chance.below(trace.length + 1);
    if (chance.is(0.5)) trace.splice(at, 1);
    else trace.splice(at, 0, chance.one(keys));
  }
  return trace;
}

describe('adherence', () => {
  const compiled = compiledFrom(
    linear(
      step('brief', 'P1D'),
      step('legal', 'P1D', 'kind: approval, name: Legal approval'),
      step('send', 'P1D'),
    ),
  );

  it('names one skipped and one extra step, and its fitness is that of the literature (R84)', () => {
    const result = adherence(compiled, logOf(['brief', 'party', 'send'], ['brief', 'legal', 'send']));
    expect(result.perCase[0]).toEqual({
      ...{ case: 'case-1', events: 3, outOfOrder: [] },
      // Two deviations among three events and three steps.
      ...{ fitness: 0.666667, fitnessSanctioned: 0.666667 },
      deviations: [
        { kind: 'inserted', step: 'party', position: 2, isSanctioned: false },
        { kind: 'skipped', step: 'legal', position: 3, isSanctioned: false },
      ],
    });
    expect(result.fitness).toEqual({ average: 0.833333, log: 0.833333 });
    expect([result.cases, result.fitting, result.variants]).toEqual([2, 1, 2]);
    expect(result.unknownActivities).toEqual([{ activity: 'party', events: 1 }]);
  });

  it('weighs cases by their length in the fitness of the log, and not in the average', () => {
    const result = adherence(compiled, logOf(['brief', 'legal', 'send'], []));
    expect(result.fitness).toEqual({ average: 0.5, log: 0.666667 });
  });

  it('knows a step by its id, then by its name', () => {
    expect(adherence(compiled, logOf(['brief', ' legal APPROVAL', 'send'])).fitting).toBe(1);
  });

  it('says which steps were done out of their turn, and which deviations somebody has explained', () => {
    const log = logOf(['legal', 'brief', 'send']);
    const [only] = adherence(compiled, log, { sanctioned: () => new Set(['brief', 'legal']) }).perCase;
    expect(only?.outOfOrder).toHaveLength(1);
    expect(only?.fitness).toBeLessThan(1);
    expect(only?.fitnessSanctioned).toBe(1);
  });

  it('ranks where time is lost, and tells waiting from work where it can (R83)', () => {
    const slow = logOf(['brief', 'legal', 'send'].map((key, at) => [key, [1, 8, 11][at] ?? 0] as const));
    const { waiting } = adherence(compiled, slow);
    expect(waiting.map(({ step: key, medianHours, share }) => [key, medianHours, share])).toEqual([
      ['legal', 7, 0.7],
      ['send', 3, 0.3],
    ]);
    const both = logOf([
      ['brief', 0, 1],
      ['legal', 6, 8],
      ['send', 8, 9],
    ]);
    expect(adherence(compiled, both).waiting[0]).toEqual({
      ...{ step: 'legal', cases: 1, medianHours: 5, p90Hours: 5, share: 1, workingMedianHours: 2 },
    });
  });

  it('counts the cases in which a step waited, not how often it did', () => {
    const looped = compiledFrom(
      linear(
        step('copy', 'P1D'),
        step('review', 'P1D', `kind: review, rework: { to: copy, via: ${step('revise', 'P1D')}, max: 1 }`),
      ),
    );
    const log = logOf(['copy', 'review', 'revise', 'copy', 'review'], ['copy', 'review']);
    const cases = new Map(adherence(looped, log).waiting.map((each) => [each.step, each.cases]));
    expect(cases).toEqual(
      new Map([
        ['review', 2],
        ['revise', 1],
        ['copy', 1],
      ]),
    );
  });

  it('names approvals that never changed anything, from thirty cases on', () => {
    const looped = compiledFrom(
      linear(
        step('copy', 'P1D'),
        step('review', 'P1D', `kind: review, rework: { to: copy, via: ${step('revise', 'P1D')}, max: 1 }`),
      ),
    );
    const times = (count: number) => Array.from({ length: count }, () => ['copy', 'review']);
    expect(adherence(looped, logOf(...times(29))).redundantApprovals).toEqual([]);
    expect(adherence(looped, logOf(...times(30))).redundantApprovals).toEqual([
      { step: 'review', reason: 'never-returned', cases: 30 },
    ]);
    const once = ['copy', 'review', 'revise', 'copy', 'review'];
    expect(adherence(looped, logOf(...times(30), once)).redundantApprovals).toEqual([]);
  });

  it('has an answer for a log without cases', () => {
    expect(adherence(compiled, { activities: [], cases: [] }).fitness).toEqual({ average: 0, log: 1 });
  });
});
