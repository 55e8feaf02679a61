import { namesIn } from '../../workflow/diff/match.js';
import { nameOf, type Part, partsOf } from '../../workflow/diff/parts.js';
import type { Workflow } from '../../workflow/workflow.js';
import type { CampaignState, Renamed } from '../state.js';

type Mapped = Renamed['kind'];

/** What parts of the older version are called in the newer one. */
export interface Names {
  /** Null where the newer version has no such part; undefined where the older one had none. */
  of(kind: Mapped, key: string): string | null | undefined;
  /** What a slip of the older version would be called in the newer one. */
  slip(control: string, past: string): string;
}

/** Finds renamed parts as the diff does, so that whoever reads the diff knows what will be moved where. */
export function namesBetween(before: Workflow, after: Workflow): Names {
  const [old, now] = [partsOf(before), partsOf(after)];
  const { names, renamed: others } = namesIn(old, now);
  const rules = new Map(
    [...old.parts.values()].flatMap((part, position) =>
      part.kind === 'rule' ? [[textOf(part), textOf(others[position] ?? part)] as const] : [],
    ),
  );
  const called = (name: string): string => {
    const [kind = '', ...rest] = name.split(' ');
    const key = names.get(name);
    return typeof key === 'string'
      ? [kind, key].join(' ')
      : kind === 'rule'
        ? `rule ${rules.get(rest.join(' ')) ?? rest.join(' ')}`
        : name;
  };
  return {
    of: (kind, key) => names.get(nameOf({ kind, key })),
    slip: (control, past) => `${called(control)} < ${called(past)}`,
  };
}

/** A rule is known by what it says. */
const textOf = ({ fields }: Part): string => `${String(fields['block'])} ${String(fields['until'])}`;

/** What is recorded of a campaign, under the names of another version. */
export interface Carried {
  readonly state: CampaignState;
  readonly renamed: readonly Renamed[];
  /** Records of steps whose new key has a record of an earlier version already. */
  readonly clashes: readonly Renamed[];
}

/** Nothing recorded is dropped: what the newer version does not have stays under its key, as history. */
export function carryOver(state: CampaignState, names: Names): Carried {
  const renamed: Renamed[] = [];
  const clashes: Renamed[] = [];
  const keep = <T>(kind: Mapped, records: ReadonlyMap<string, T>): Map<string, T> => {
    const kept = new Map<string, T>();
    const called = (key: string) => names.of(kind, key) ?? key;
    for (const [key, record] of records) if (called(key) === key) kept.set(key, record);
    for (const [key, record] of records) {
      const to = called(key);
      if (to === key) continue;
      const move = { kind, from: key, to };
      if (kept.has(to)) clashes.push(move);
      else renamed.push(move);
      kept.set(to, record);
    }
    return kept;
  };
  const handoffs = new Map([...state.handoffs].map((key) => [key, true]));
  return {
    state: {
      steps: keep('step', state.steps),
      gates: keep('gate', state.gates),
      handoffs: new Set(keep('handoff', handoffs).keys()),
    },
    renamed,
    clashes,
  };
}
