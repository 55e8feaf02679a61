import {
  type FindingCode,
  type FindingEntry,
  FINDINGS,
  isFindingCode,
  isPolicyFinding,
} from '../../findings.js';
import type { Finding, Path } from '../../problem.js';
import type { Library, Policy, Taxonomy, Team } from '../document.js';
import { readExpression } from '../expression.js';
import type { NameList } from '../known-files.js';
import { Report } from './context.js';

/** What the other documents may refer to. */
export interface Names {
  /** Null where no Team is loaded. */
  readonly roles: ReadonlySet<string> | null;
  /** Null where no workflow is loaded. */
  readonly workflows: NameList | null;
}

export function checkTeam(team: Team, { roles }: Names, damaged: readonly Path[]): readonly Finding[] {
  const report = new Report(damaged);
  const known = roles ?? new Set(team.roles.map((role) => role.key));
  checkIds(report, 'roles', team.roles);
  team.roles.forEach((role, position) => {
    role.delegates.forEach((name, index) => {
      const path = ['roles', position, 'delegates', index];
      if (!known.has(name)) report.unknown('role', 'W_UNKNOWN_REFERENCE', name, known, { path });
    });
    role.absences?.forEach((absence, index) => {
      if (absence.from <= absence.to) return;
      const message = `the absence ends on ${absence.to}, before it begins on ${absence.from}`;
      report.add('E_RANGE', message, ['roles', position, 'absences', index, 'to']);
    });
    const [from = '', to = ''] = role.workingHours?.split('-') ?? [];
    if (from >= to && role.workingHours !== null) {
      report.add('E_RANGE', `work ends at ${to}, before it begins at ${from}`, [
        'roles',
        position,
        'workingHours',
      ]);
    }
  });
  return report.findings;
}

export function checkTaxonomy(
  taxonomy: Taxonomy,
  { roles }: Names,
  damaged: readonly Path[],
): readonly Finding[] {
  const report = new Report(damaged);
  for (const list of ['channels', 'segments', 'offers', 'signals', 'tools'] as const) {
    checkIds(report, list, taxonomy[list]);
  }
  taxonomy.offers.forEach(({ key, validFrom, validTo }, position) => {
    if (validFrom === null || validTo === null || validFrom <= validTo) return;
    report.add('E_RANGE', `offer '${key}' ends on ${validTo}, before it begins on ${validFrom}`, [
      'offers',
      position,
      'validTo',
    ]);
  });
  taxonomy.signals.forEach(({ owner, range }, position) => {
    const path = ['signals', position];
    if (roles && !roles.has(owner))
      report.unknown('role', 'W_UNKNOWN_REFERENCE', owner, roles, { path: [...path, 'owner'] });
    if (range && range[0] >= range[1]) {
      report.add('E_RANGE', `the smallest value ${range[0]} is not below the largest ${range[1]}`, [
        ...path,
        'range',
      ]);
    }
  });
  return report.findings;
}

/** A finding has the limits of its entry in the catalogue, and counts of things are not below zero. */
function checkLimits(report: Report, code: FindingCode, limits: Readonly<Record<string, number>>): void {
  const { limits: known = {} }: FindingEntry = FINDINGS[code];
  for (const [name, value] of Object.entries(limits)) {
    const path = ['findings', code, name];
    if (known[name] === undefined) {
      const names = Object.keys(known);
      if (names.length > 0) report.unknown('limit', 'E_UNKNOWN_KEY', name, names, { path, target: 'key' });
      else
        report.add('E_UNKNOWN_KEY', `'${code}' has no limit '${name}'`, path, {
          target: 'key',
          hint: 'only its severity can be set',
        });
    } else if (value < 0) report.add('E_RANGE', 'a limit is not below zero', path);
  }
}

export function checkPolicy(
  policy: Policy,
  { roles, workflows }: Names,
  today: string,
  damaged: readonly Path[],
): readonly Finding[] {
  const report = new Report(damaged);
  const changeable = (Object.keys(FINDINGS) as (keyof typeof FINDINGS)[]).filter(isPolicyFinding);
  const code = (name: string, path: Path, target: 'key' | 'value') => {
    if (isFindingCode(name) && !isPolicyFinding(name)) {
      report.add(
        'E_UNKNOWN_FINDING',
        `'${name}' is a fault of the definition, which no Policy can change`,
        path,
        { target },
      );
    } else if (!isFindingCode(name)) {
      report.unknown('finding', 'E_UNKNOWN_FINDING', name, changeable, { path, target });
    }
  };
  for (const [name, { limits }] of Object.entries(policy.findings)) {
    code(name, ['findings', name], 'key');
    if (isFindingCode(name)) checkLimits(report, name, limits);
  }
  policy.excuses.forEach(({ finding, workflow, until }, position) => {
    if (until < today) {
      report.add('W_EXPIRED_EXCUSE', `this excuse ran out on ${until}`, ['excuses', position, 'until'], {
        hint: 'remove it, or give it a later day and a reason that still holds',
      });
    }
    code(finding, ['excuses', position, 'finding'], 'value');
    const path = ['excuses', position, 'workflow'];
    if (workflows && !workflows.has(workflow))
      report.unknown('workflow', 'W_UNKNOWN_REFERENCE', workflow, workflows, { path });
  });
  const demand = (
    list: 'approvals' | 'deviations',
    position: number,
    when: string | null,
    field: string,
    named: readonly string[],
  ) => {
    const path = [list, position];
    const { error = null } =
      when === null ? {} : readExpression(list === 'approvals' ? 'demand' : 'step', when);
    if (error) {
      const { message, range, meant } = error;
      report.add('E_EXPRESSION', `the expression is wrong: ${message}`, [...path, 'when'], {
        ...(range ? { range } : {}),
        ...(meant === null ? {} : { hint: `did you mean '${meant}'?`, replacement: meant }),
      });
    }
    named.forEach((name, index) => {
      if (!roles || roles.has(name)) return;
      report.unknown('role', 'W_UNKNOWN_REFERENCE', name, roles, { path: [...path, field, index] });
    });
  };
  policy.approvals.forEach(({ when, require }, at) => demand('approvals', at, when, 'require', require));
  policy.deviations.forEach(({ when, by }, at) => demand('deviations', at, when, 'by', by));
  return report.findings;
}

export function checkLibrary(
  library: Library,
  { workflows }: Names,
  damaged: readonly Path[],
): readonly Finding[] {
  const report = new Report(damaged);
  library.entries.forEach(({ workflow }, position) => {
    if (!workflows || workflows.has(workflow)) return;
    report.unknown('workflow', 'W_UNKNOWN_REFERENCE', workflow, workflows, {
      path: ['entries', position, 'workflow'],
    });
  });
  return report.findings;
}

function checkIds(report: Report, list: string, entries: readonly { readonly key: string }[]): void {
  const seen = new Map<string, number>();
  entries.forEach(({ key }, position) => {
    const before = seen.get(key);
    if (before === undefined) {
      seen.set(key, position);
      return;
    }
    report.add('E_DUPLICATE_ID', `the id '${key}' is already that of another entry`, [list, position, 'id'], {
      related: [{ path: [list, before, 'id'], message: 'first defined here' }],
    });
  });
}
