import type { Drawing, DrawnNode, Group } from './drawing.js';
import type { Check, Effort, Gate, Handoff, Rule, Step, Trigger } from '../workflow.js';

type Text = Pick<DrawnNode, 'tag' | 'name' | 'details'>;

export function stepText(step: Step, rules: readonly Rule[]): Text {
  const effort = step.effort === null ? [] : [effortText(step.effort)];
  return {
    tag: stepTag(step),
    name: step.name,
    details: [
      [step.responsible.join(', '), ...effort].join(' · '),
      ...(step.waiting === null ? [] : [`after a wait of ${durationText(step.waiting)}`]),
      ...(step.optional ? ['optional'] : []),
      ...(step.when === null ? [] : [`only if ${step.when}`]),
      ...rules.map((rule) => `blocked until ${rule.until}`),
    ],
  };
}

function stepTag({ kind, channel }: Step): string | null {
  if (kind === 'task') return null;
  return channel === null ? kind : `${kind}: ${channel}`;
}

const ON_FAIL = { block: [], alert: ['only alerts'], 'pause-channel': ['pauses channels'] } as const;

export function gateText(gate: Gate): Text {
  const { merge } = gate;
  return {
    tag: 'gate',
    name: gate.key,
    details: [
      ...gate.checks.map(checkText),
      ...(merge.type === 'at-least' ? [`${merge.count} lanes are enough`] : []),
      ...(merge.type === 'named' ? [`only ${merge.lanes.join(', ')}`] : []),
      ...(gate.approvers.length > 0 ? [`by ${gate.approvers.join(', ')}`] : []),
      ...ON_FAIL[gate.onFail],
    ],
  };
}

const checkText = ({ metric, bound, limit }: Check): string =>
  `${metric} ${bound === 'at-least' ? '≥' : '≤'} ${typeof limit === 'string' ? durationText(limit) : limit}`;

export function handoffText(handoff: Handoff): Text {
  return {
    tag: 'hand-off',
    name: `${handoff.from} → ${handoff.to}`,
    details: [
      handoff.payload.join(', '),
      ...(handoff.respondWithin === null ? [] : [`answer within ${durationText(handoff.respondWithin)}`]),
      ...(handoff.meeting === null ? [] : [`meeting: ${handoff.meeting}`]),
    ].filter((line) => line !== ''),
  };
}

export const triggerText = (trigger: Trigger): Text => ({
  tag: 'trigger',
  name: trigger.key,
  details: [
    `${trigger.signal}: ${trigger.when}${trigger.for === null ? '' : ` for ${durationText(trigger.for)}`}`,
    `→ ${trigger.actions.map((action) => words(action.type)).join(', ')}`,
  ],
});

/** `shiftBudget` → `shift budget` */
const words = (name: string): string => name.replaceAll(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);

export function reworkText(max: number, probability: number | null): string {
  const likely = probability === null ? '' : ` (${percent(probability)})`;
  return `rejected${likely}, at most ${max}×`;
}

export const percent = (share: number): string => `${Number((share * 100).toFixed(1))} %`;

/** Time between two launches. */
export function gapText(minGap: string | null, maxGap: string | null): string | null {
  if (minGap !== null && maxGap !== null) return `${durationText(minGap)} to ${durationText(maxGap)} later`;
  if (minGap !== null) return `at least ${durationText(minGap)} later`;
  return maxGap === null ? null : `at most ${durationText(maxGap)} later`;
}

function effortText({ optimistic, likely, pessimistic }: Effort): string {
  if (optimistic === pessimistic) return durationText(likely);
  const [shortest, longest] = [durationText(optimistic), durationText(pessimistic)];
  const [count = '', unit, ...others] = shortest.split(TOGETHER);
  const isSameUnit = others.length === 0 && longest.split(TOGETHER).slice(1).join() === unit;
  return `${durationText(likely)} (${isSameUnit ? `${count}–${longest}` : `${shortest} – ${longest}`})`;
}

const UNITS: Readonly<Record<string, string>> = { Y: 'y', W: 'wk', D: 'd', H: 'h', S: 's' };
/** A space at which no line breaks. */
const TOGETHER = '\u00A0';

/** `P1DT4H` → `1 d 4 h` */
export function durationText(iso: string): string {
  const [days = '', time = ''] = iso.split('T');
  const read = (text: string, minute: string) =>
    [...text.matchAll(/([\d.]+)([A-Z])/g)].flatMap(([, count = '', unit = '']) => [
      count,
      unit === 'M' ? minute : (UNITS[unit] ?? unit),
    ]);
  return `${iso.startsWith('-') ? '−' : ''}${[...read(days, 'mo'), ...read(time, 'min')].join(TOGETHER)}`;
}

export const groupTitle = ({ name, tag, mark }: Group): string => {
  const changed = mark?.kind === 'changed' ? ` (changed: ${mark.fields.join(', ')})` : '';
  return `${signOf(mark)}${name === tag ? name : `${name} · ${tag}`}${changed}`;
};

const SIGNS = { added: '+ ', removed: '− ', changed: '~ ' } as const;
export const signOf = (mark: DrawnNode['mark']): string => (mark === null ? '' : SIGNS[mark.kind]);

/** Small print with what a change touched. */
export const detailsOf = ({ details, mark }: DrawnNode): readonly string[] =>
  mark?.kind === 'changed' ? [...details, `changed: ${mark.fields.join(', ')}`] : details;

/** What lines mean, as far as the drawing has such lines. */
export function keyOf({ nodes, arrows }: Drawing): string {
  const has = (kind: string) => arrows.some((arrow) => arrow.kind === kind);
  return [
    ...(nodes.some(({ conditional }) => conditional)
      ? ['dashed box: does not always happen, or does not block']
      : []),
    ...(has('rework') ? ['dashed arrow upwards: returned'] : []),
    ...(has('needs') || has('aside') ? ['grey dashed arrow: order beyond the lanes'] : []),
    ...(has('rule') ? ['dotted line with a bar: blocked until'] : []),
  ].join(' · ');
}
