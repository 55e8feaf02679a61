import { createHash } from 'node:crypto';
import {
  comparePlaces,
  distinctProblems,
  type Finding,
  finding,
  hasErrors,
  type Path,
  type Problem,
} from '../../domain/problem.js';
import { type FindingCode, FINDINGS } from '../../domain/findings.js';
import { canonicalJson } from '../../domain/workflow/canonical.js';
import { type Checked, checkMeaning, checkNaming, checkWording } from '../../domain/workflow/check/check.js';
import {
  checkLibrary,
  checkPolicy,
  checkTaxonomy,
  checkTeam,
} from '../../domain/workflow/check/documents.js';
import { checkDuplicates } from '../../domain/workflow/check/parameters.js';
import { applyPolicy } from '../../domain/workflow/check/policy.js';
import type { DefinitionKind } from '../../domain/workflow/document.js';
import { isHole } from '../../domain/workflow/hole.js';
import type { Definition, Meanings } from '../../domain/workflow/reading.js';
import { formFindings } from './form.js';
import { meanWorkflow } from './meaning.js';
import { meanLibrary, meanPolicy, meanTaxonomy, meanTeam } from './meaning-other.js';
import { patched } from './patch.js';
import { place, spanOf } from './place.js';
import { placeOf } from './source.js';
import type { Shape } from './shape.js';
import type { Shaped } from './shaped.js';
import type { Surroundings } from './surroundings.js';
import type { WrittenWorkflow } from './written.js';

/** Checks one document; it may be served when it is understood and without errors. */
export function judge(each: Shaped, context: Surroundings): Definition {
  const { meaning, findings } = each.shape ? checkDocument(each, each.shape, context) : NOTHING;
  const weighed = applyPolicy(findings, context.policy, each.key, context.today);
  const placed = weighed.map((one) => extending(each, place(each.document, one)));
  const problems = distinctProblems([...each.problems, ...placed]).sort(comparePlaces);
  const isRight = each.shape !== null && each.problems.length === 0 && !findings.some(isStructural);
  return {
    kind: each.kind,
    key: each.key,
    file: each.document.source.file,
    place: placeOf(spanOf(each.document, { path: ['id'] })),
    source: each.document.text,
    meaning: isRight ? meaning : null,
    hash: isRight && meaning ? hashOf(meaning) : null,
    problems,
    valid: isRight && meaning !== null && !hasErrors(problems),
  } as Definition;
}

/** Says which child is spoken of where the place is in the workflow that it extends. */
function extending({ key, document }: Shaped, problem: Problem): Problem {
  if (problem.file === document.source.file) return problem;
  const here = placeOf(spanOf(document, { path: ['extends'], target: 'key' }));
  return {
    ...problem,
    related: [...(problem.related ?? []), { ...here, message: `in '${key}', which extends it` }],
  };
}

const NOTHING: Judged = { meaning: null, findings: [] };
interface Judged {
  readonly meaning: Meanings[DefinitionKind] | null;
  readonly findings: readonly Finding[];
}
/** Whether a definition has no meaning at all with such a finding, whatever a Policy says. */
const isStructural = ({ code }: Finding): boolean => FINDINGS[code].group === 'form';

function checkDocument(
  { kind, isVariant }: Shaped,
  read: Shape<DefinitionKind>,
  context: Surroundings,
): Judged {
  const { damaged } = read;
  const { names } = context;
  switch (kind) {
    case 'Workflow':
      return checkWorkflow(read, isVariant, context);
    case 'Team': {
      const team = meanTeam((read as Shape<'Team'>).written);
      return { meaning: team, findings: checkTeam(team, names, damaged) };
    }
    case 'Taxonomy': {
      const taxonomy = meanTaxonomy((read as Shape<'Taxonomy'>).written);
      return { meaning: taxonomy, findings: checkTaxonomy(taxonomy, names, damaged) };
    }
    case 'Policy': {
      const policy = meanPolicy((read as Shape<'Policy'>).written);
      const findings = checkPolicy(policy, names, context.today, damaged);
      if (policy.key === context.policy.key || isHole(policy.key)) return { meaning: policy, findings };
      const message = `the repository has the Policy '${context.policy.key}' already, and this one is not used`;
      return { meaning: policy, findings: [...findings, finding('W_SECOND_POLICY', message, ['id'])] };
    }
    case 'Library': {
      const library = meanLibrary((read as Shape<'Library'>).written);
      return { meaning: library, findings: checkLibrary(library, names, damaged) };
    }
  }
}

/** Names of what stands inside sections: unknown, too, where the spokes are missing. */
const INSIDE_SECTIONS: ReadonlySet<string> = new Set([
  'E_UNKNOWN_STEP',
  'E_UNKNOWN_LANE',
  'E_UNKNOWN_ARTEFACT',
  'E_UNKNOWN_PAYLOAD',
  'E_UNKNOWN_CONCERN',
  'E_UNKNOWN_NAME',
]);

/** Names first, then expressions, then what follows from both: each on the workflow as it was most likely meant. */
function checkWorkflow(
  read: Shape<'Workflow'>,
  isVariant: boolean,
  { vocabulary, policy, dates }: Surroundings,
): Judged {
  const form = formFindings(read.written, read.damaged);
  const given = meant(read.written, [...read.damaged, ...form.map(doubtful)]);
  const isWhole = !form.some(({ code }) => code === 'E_HUB_WITHOUT_SPOKES');
  const naming = checkNaming(given.checked, vocabulary, policy).filter(
    ({ code }) => isWhole || !INSIDE_SECTIONS.has(code),
  );
  const named = withNames(given, naming);
  const wording = checkWording(named.checked, vocabulary, policy).filter(
    ({ code }) => isWhole || !INSIDE_SECTIONS.has(code),
  );
  const worded = withNames(named, wording);
  const isOrderKnown = ![...form, ...naming].some(({ code }) => ORDER_UNKNOWN.has(code));
  const meaning = checkMeaning(worded.checked, vocabulary, policy, isOrderKnown);
  // What a variant takes over it does not write a second time.
  const doubled = isVariant ? [] : checkDuplicates(given.checked.workflow, given.checked.at, dates);
  const findings = [...form, ...naming, ...wording, ...meaning, ...doubled];
  return { meaning: given.checked.workflow, findings };
}

/** With these it cannot be told what comes after what. */
const ORDER_UNKNOWN: ReadonlySet<FindingCode> = new Set([
  'E_SECTION_FORM',
  'E_HUB_WITHOUT_SPOKES',
  'E_REWORK_TARGET',
]);

/** What cannot be judged with a wrong form: the entry of a list; of a section only its model. */
const doubtful = ({ code, path }: Finding): Path =>
  code === 'E_SECTION_FORM' || code === 'E_HUB_WITHOUT_SPOKES'
    ? [...path.slice(0, -1), 'model']
    : code === 'E_CHECK_FORM'
      ? path.slice(0, -1)
      : path;

interface Meant {
  readonly written: WrittenWorkflow;
  readonly checked: Checked;
}

function meant(written: WrittenWorkflow, damaged: readonly Path[]): Meant {
  const { workflow, tests, locate } = meanWorkflow(written);
  return { written, checked: { workflow, tests, at: locate, damaged } };
}

/** Names that stand twice get a name of their own. */
const PATCHED: ReadonlySet<FindingCode> = new Set(['E_EXPRESSION', 'E_DUPLICATE_ID']);

function withNames({ written, checked }: Meant, findings: readonly Finding[]): Meant {
  if (findings.length === 0) return { written, checked };
  const names = findings.filter(({ code }) => code.startsWith('E_UNKNOWN') || PATCHED.has(code));
  const damaged = [...checked.damaged, ...findings.map(({ path }) => path)];
  return meant(patched(written, names) as WrittenWorkflow, damaged);
}

/** SHA-256, in hex, of a value's meaning. */
const hashOf = (meaning: unknown): string =>
  createHash('sha256').update(canonicalJson(meaning)).digest('hex');
