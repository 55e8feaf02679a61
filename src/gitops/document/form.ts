import { isMetric, METRICS } from '../../domain/metrics/catalogue.js';
import { finding, type Finding, type Path } from '../../domain/problem.js';
import { isHole } from '../../domain/workflow/hole.js';
import { modelOf } from './meaning.js';
import type { WrittenSection, WrittenWorkflow } from './written.js';

const PARTS = ['steps', 'lanes', 'hub', 'spokes'] as const;
const BELONGS = { linear: ['steps'], parallel: ['lanes'], 'hub-and-spoke': ['hub', 'spokes'] } as const;

/** What the written form allows key by key but not together. */
export function formFindings(written: WrittenWorkflow, damaged: readonly Path[]): Finding[] {
  const isDamaged = (path: Path) =>
    damaged.some((each) => each.every((segment, position) => path[position] === segment));
  const isDamagedWithin = (path: Path) =>
    damaged.some((each) => path.every((segment, position) => each[position] === segment));
  return [
    ...written.sections.flatMap((section, position) => {
      const path = ['sections', position];
      return [
        ...([...PARTS, 'model'].some((part) => isDamaged([...path, part]))
          ? []
          : sectionFindings(section, path)),
        ...(section.gates ?? []).flatMap(({ checks }, gate) =>
          (checks ?? []).flatMap((check, index) => {
            const here = [...path, 'gates', gate, 'checks', index];
            if (isDamaged([...here, 'atLeast']) || isDamaged([...here, 'atMost'])) return [];
            return checkFindings(check, here);
          }),
        ),
      ];
    }),
    ...(written.tests ?? []).flatMap(({ given, expect }, position) => {
      const lists = [
        [['given'], given],
        [['expect', 'refused'], expect.refused],
        [['expect', 'allowed'], expect.allowed],
      ] as const;
      return lists.flatMap(([keys, events]) =>
        (events ?? []).flatMap((event, index) => {
          const path = ['tests', position, ...keys, index];
          if (Object.keys(event).length === 1 || isDamagedWithin(path)) return [];
          return [
            finding('E_WRONG_VALUE', 'an event is one thing that happens', path, {
              hint: 'for example { complete: brief }',
            }),
          ];
        }),
      );
    }),
  ];
}

function sectionFindings(section: WrittenSection, path: Path): Finding[] {
  const has = PARTS.filter(
    (part) =>
      section[part] !== undefined && (part !== 'spokes' || Object.keys(section.spokes ?? {}).length > 0),
  );
  const wanted: readonly string[] = BELONGS[section.model];
  const foreign = has.filter((part) => !wanted.includes(part));
  const missing = wanted.filter((part) => !(has as readonly string[]).includes(part));
  const [first] = foreign;
  const called = isHole(section.id) ? 'this section' : `section '${section.id}'`;
  if (first !== undefined) {
    const other = modelOf(section);
    const hint =
      other !== section.model && missing.length > 0
        ? `use ${wanted.map((part) => `'${part}'`).join(' and ')}, or make the model ${other}`
        : `remove it, or choose another model`;
    const message = `a ${section.model} section has no '${first}'`;
    return [finding('E_SECTION_FORM', message, [...path, first], { target: 'key', hint })];
  }
  return missing.map((part) =>
    part === 'spokes'
      ? finding('E_HUB_WITHOUT_SPOKES', `${called} has a hub without spokes`, [...path, 'model'], {
          hint: 'add a spoke per channel team, or make the section linear',
        })
      : finding('E_SECTION_FORM', `${called} is ${section.model} but has no '${part}'`, [...path, 'model'], {
          hint: `a ${section.model} section has ${wanted.join(' and ')}`,
        }),
  );
}

function checkFindings(
  {
    metric,
    atLeast,
    atMost,
  }: { metric: string; atLeast?: number | string | undefined; atMost?: number | string | undefined },
  path: Path,
): Finding[] {
  if ((atLeast === undefined) === (atMost === undefined)) {
    const message = `the check${isHole(metric) ? '' : ` of ${metric}`} has ${atLeast === undefined ? 'no bound' : 'two bounds'}`;
    return [finding('E_CHECK_FORM', message, [...path, 'metric'], { hint: "write 'atLeast' or 'atMost'" })];
  }
  const limit = atLeast ?? atMost;
  const isTime = isMetric(metric) && METRICS[metric].unit === 'hours';
  if (isHole(metric) || isTime === (typeof limit === 'string')) return [];
  const key = atLeast === undefined ? 'atMost' : 'atLeast';
  return [
    finding('E_CHECK_FORM', `${metric} is ${isTime ? 'a duration' : 'a number'}`, [...path, key], {
      hint: isTime ? 'for example PT2H' : 'for example 0.9',
    }),
  ];
}
