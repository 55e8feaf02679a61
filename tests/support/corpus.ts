import { readdirSync, readFileSync } from 'node:fs';
import { FINDINGS, type FindingCode } from '../../src/domain/findings.js';
import type { SourceFile } from '../../src/gitops/document/read.js';

export const FOLDER = 'tests/fixtures/broken';
export const TODAY = '2026-11-23';

const load = (path: string): string => readFileSync(path, 'utf8');
const TEAM = { path: 'team.yaml', text: load('workflows/team.yaml') };
const TAXONOMY = { path: 'taxonomy.yaml', text: load('workflows/taxonomy.yaml') };
const LAUNCH = { path: 'product-launch.yaml', text: load('tests/fixtures/product-launch.yaml') };

interface Base {
  readonly text: string;
  /** Files that are read along with it. */
  readonly beside: readonly SourceFile[];
}
/** The documents that mistakes are made in, by the names that faults.txt calls them. */
export const BASES: Readonly<Record<string, Base>> = {
  launch: { text: LAUNCH.text, beside: [TEAM, TAXONOMY] },
  event: { text: load('workflows/annual-event.yaml'), beside: [TEAM, TAXONOMY] },
  newsletter: { text: load(`${FOLDER}/bases/newsletter.yaml`), beside: [] },
  variant: { text: load(`${FOLDER}/bases/variant.yaml`), beside: [TEAM, TAXONOMY, LAUNCH] },
  team: { text: TEAM.text, beside: [] },
  taxonomy: { text: TAXONOMY.text, beside: [TEAM] },
  policy: { text: load('workflows/policy.yaml'), beside: [TEAM] },
  library: { text: load('workflows/library.yaml'), beside: [] },
};

export interface Fault {
  readonly code: FindingCode;
  readonly base: string;
  /** Its place in faults.txt. */
  readonly line: number;
  readonly edits: readonly (readonly [was: string, now: string])[];
}

const [OPEN, CLOSE] = ['«', '»'];
const unmarked = (text: string): string => text.replaceAll(OPEN, '').replaceAll(CLOSE, '');

export function readFaults(): Fault[] {
  const faults: Fault[] = [];
  let line = 1;
  for (const block of load(`${FOLDER}/faults.txt`).split('\n\n')) {
    const lines = block.split('\n').filter((each) => !each.startsWith('#') && each !== '');
    const [code, base = ''] = lines[0]?.split(' ') ?? [];
    if (code !== undefined) {
      const start = line + block.split('\n').findIndex((each) => each === lines[0]);
      faults.push({ code: code as FindingCode, base, line: start, edits: editsOf(lines.slice(1)) });
    }
    line += block.split('\n').length + 1;
  }
  return faults;
}

/** A group of lines after `-` and the one after `+` that follows; what stands after `@` is only marked. */
function editsOf(lines: readonly string[]): [string, string][] {
  const groups: { sign: string; text: string }[] = [];
  for (const line of lines) {
    const [sign, text] = [line.charAt(0), line.slice(2)];
    const last = groups.at(-1);
    if (last?.sign === sign) last.text += `\n${text}`;
    else groups.push({ sign, text });
  }
  return groups.flatMap(({ sign, text }, position): [string, string][] => {
    if (sign === '@') return [[unmarked(text), text]];
    return sign === '-' ? [[text, groups[position + 1]?.text ?? '']] : [];
  });
}

export interface Case {
  readonly name: string;
  readonly faults: readonly Fault[];
  readonly base: Base;
  readonly text: string;
  /** `line:column-endLine:endColumn code`, sorted: what must be found, and nothing else. */
  readonly expected: readonly string[];
}

/** The base with all the mistakes in it; null where one is made in what another has changed. */
export function caseOf(name: string, faults: readonly Fault[]): Case | null {
  const base = BASES[faults[0]?.base ?? ''];
  if (!base) throw new Error(`faults.txt:${faults[0]?.line}: no such base`);
  let text = base.text;
  // Private characters tell the marks of one fault from those of another.
  for (const [index, { edits, line }] of faults.entries()) {
    for (const [was, now] of edits) {
      const numbered = now
        .replaceAll(OPEN, String.fromCharCode(0xe000 + index))
        .replaceAll(CLOSE, String.fromCharCode(0xe100 + index));
      const parts = text.split(was);
      if (parts.length !== 2 && faults.length > 1) return null;
      if (parts.length !== 2) throw new Error(`faults.txt:${line}: stands ${parts.length - 1} times: ${was}`);
      text = parts.join(numbered);
    }
  }
  const expected = faults.map(({ code }, index) => `${markOf(text, index)} ${code}`);
  return { name, faults, base, text: withoutMarks(text), expected: expected.sort(byPlace) };
}

const MARKS = /[\uE000-\uE1FF]/g;
const withoutMarks = (text: string): string => text.replaceAll(MARKS, '');

function markOf(text: string, index: number): string {
  const at = (code: number) => {
    const before = withoutMarks(text.slice(0, text.indexOf(String.fromCharCode(code + index)))).split('\n');
    return `${before.length}:${(before.at(-1)?.length ?? 0) + 1}`;
  };
  return `${at(0xe000)}-${at(0xe100)}`;
}

export const byPlace = (a: string, b: string): number => a.localeCompare(b, 'en', { numeric: true });

/** Nothing else can be said about a document with one of these; and a test is run where nothing could be why it fails. */
const isLast = ({ code }: Fault): boolean =>
  code === 'E_EXTENDS' ||
  code === 'E_TEST_FAILED' ||
  (FINDINGS[code].group === 'file' && code !== 'E_DUPLICATE_KEY' && code !== 'E_SECRET');

/** Each fault by itself, then combinations of 2 to 5 that are made in different lines of the same document. */
export function casesOf(faults: readonly Fault[], combinations: number): Case[] {
  const cases: Case[] = [];
  const named = (base: string, count: number) =>
    `${String(cases.length + 1).padStart(3, '0')}-${base}-${count}.yaml`;
  for (const fault of faults) {
    const single = caseOf(named(fault.base, 1), [fault]);
    if (single) cases.push(single);
  }
  const random = generator(1);
  const shared = faults.filter((fault) => !isLast(fault));
  for (let made = 0; made < combinations;) {
    const first = shared[random(shared.length)];
    const others = shared.filter((each) => each.base === first?.base && each !== first);
    if (!first || others.length < 4) continue;
    const chosen = [first];
    for (const _ of Array.from({ length: 1 + random(4) })) {
      const next = others[random(others.length)];
      if (next && isApart(next, chosen)) chosen.push(next);
    }
    const combined = chosen.length > 1 ? caseOf(named(first.base, chosen.length), chosen) : null;
    if (!combined) continue;
    cases.push(combined);
    made += 1;
  }
  return cases;
}

/** What can be found only as long as it is known how a campaign would run; another of these hinders it. */
const RUNS: ReadonlySet<FindingCode> = new Set([
  'E_SECTION_FORM',
  'E_HUB_WITHOUT_SPOKES',
  'E_REWORK_TARGET',
  'E_CYCLE',
  'E_NEEDS_CONDITIONAL',
  'E_NEVER_RUNS',
  'E_GATE_WAITS_FOR_EVER',
  'E_RULE_WAITS_FOR_EVER',
  'E_HANDOFF_WAITS_FOR_EVER',
]);

/** Whether a fault is in other lines than the rest. */
function isApart(fault: Fault, rest: readonly Fault[]): boolean {
  if (RUNS.has(fault.code) && rest.some(({ code }) => RUNS.has(code))) return false;
  const lines = linesOf(fault);
  return rest.every((each) => [...linesOf(each)].every((line) => !lines.has(line)));
}

function linesOf({ base, edits }: Fault): Set<number> {
  const text = BASES[base]?.text ?? '';
  return new Set(
    edits.flatMap(([was]) => {
      const from = text.slice(0, text.indexOf(was)).split('\n').length;
      return was.split('\n').map((_, offset) => from + offset);
    }),
  );
}

/** Numbers below a bound, the same ones for the same seed (mulberry32). */
export function generator(seed: number): (bound: number) => number {
  let state = seed;
  return (bound) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) % bound;
  };
}

/** The files of the corpus as they are committed. */
export const committed = (): string[] => readdirSync(FOLDER).filter((name) => name.endsWith('.yaml'));
