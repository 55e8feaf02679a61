import type { Problem } from '../domain/problem.js';
import type { ApprovalState } from './approvals.js';
import { code, codeInCell, folded, listed, plain } from './markdown.js';
import type { Plan, WorkflowPlan } from './plan.js';
import { whoApproves } from './render-approvals.js';
import {
  count,
  documentLine,
  isTouched,
  leadTimeLine,
  short,
  summarisePlan,
  worstFirst,
  worthTelling,
} from './summarise-plan.js';

export interface CommentOptions {
  /** Where the host shows a line of a file as it would be; without it places are not linked. */
  readonly linkTo?: (file: string, line: number) => string;
  /** Null where nobody looks after approvals. */
  readonly approvals?: ApprovalState | null;
  /** How the campaigns stood of which the plan speaks. */
  readonly epoch?: string;
}

/** How many of a kind a comment lists before it only counts. */
const [FINDINGS, CHANGES, STUCK, MOVABLE, PAST, TRACE, NAMED] = [5, 10, 5, 20, 3, 12, 20];
/** GitHub refuses comments of more than 65,536 characters, and nobody reads half of that. In bytes. */
const [TEXT_LIMIT, COMMENT_LIMIT] = [24_000, 60_000];
/** Mermaid draws no longer text. */
const DIAGRAM_LIMIT = 50_000;

/** The plan as the one comment on a pull request: the verdict first, what it means in plain words, and what is large folded. */
export function renderComment(plan: Plan, options: CommentOptions = {}): string {
  const { verdict, counts } = summarisePlan(plan);
  const touched = plan.workflows.filter(isTouched);
  const lines = [
    `## ${plan.ok ? '✅' : '❌'} Weir plan: ${verdict}`,
    '',
    counts,
    ...findings(plan.problems, options),
    ...stuckCampaigns(touched),
  ];
  addWorkflows(lines, touched);
  lines.push(...otherDefinitions(plan), ...whoApproves(options.approvals ?? null));
  lines.push(...movable(touched), ...footer(plan, options));
  return `${withDiagrams(lines, touched).join('\n')}\n`;
}

const bytes = (lines: readonly string[]): number =>
  lines.reduce((sum, line) => sum + Buffer.byteLength(line) + 1, 0);

function findings(problems: Plan['problems'], { linkTo }: CommentOptions): string[] {
  const { shown, rest } = worthTelling(problems);
  const quiet = rest === null ? [] : ['', `${rest}.`];
  if (shown.length === 0) return quiet;
  const where = ({ file, line }: Problem) => {
    const place = codeInCell(`${file}:${line}`);
    // A bracket would end the link.
    const link = linkTo?.(file, line).replaceAll('(', '%28').replaceAll(')', '%29');
    return link === undefined ? place : `[${place}](${link})`;
  };
  const rows = worstFirst(shown)
    .slice(0, FINDINGS)
    .map((problem) => {
      const hint = problem.hint === undefined ? '' : ` (${problem.hint})`;
      return `| ${problem.severity}${problem.existing ? ' of the base' : ''} | ${where(problem)} | ${plain(problem.message + hint)} |`;
    });
  const more = shown.length > FINDINGS ? ['', `… and ${shown.length - FINDINGS} more.`] : [];
  return ['', '### Findings', '', '| | where | what |', '|---|---|---|', ...rows, ...more, ...quiet];
}

/** What needs a decision before anything else. */
function stuckCampaigns(workflows: readonly WorkflowPlan[]): string[] {
  const stuck = workflows.flatMap(({ impact = [] }) => impact.filter(({ effect }) => effect === 'stuck'));
  if (stuck.length === 0) return [];
  const shown = stuck
    .slice(0, STUCK)
    .flatMap(({ campaign, detail, trace = [] }) => [
      `- ${code(campaign)}: ${plain(detail)}`,
      ...trace.slice(0, TRACE).map((line) => `  - ${plain(line)}`),
      ...(trace.length > TRACE ? [`  - … and ${trace.length - TRACE} more`] : []),
    ]);
  const rest = stuck.length > STUCK ? [`- … and ${stuck.length - STUCK} more`] : [];
  return ['', '### Campaigns that could not move over', '', ...shown, ...rest];
}

/** As many workflows as there is room for; the others by name. */
function addWorkflows(lines: string[], workflows: readonly WorkflowPlan[]): void {
  const left = [...workflows];
  let size = bytes(lines);
  for (let next = left[0]; next !== undefined; next = left[0]) {
    const rendered = workflowLines(next);
    size += bytes(rendered);
    if (size > TEXT_LIMIT) break;
    lines.push(...rendered);
    left.shift();
  }
  if (left.length === 0) return;
  lines.push('', `Too much for one comment: also ${names(left.map(({ id }) => id))}.`);
}

function workflowLines(workflow: WorkflowPlan): string[] {
  const { id, change, classification, changes, touchedBy, approvals, forecast, waits } = workflow;
  const meaning = classification === 'none' ? '' : ` · **${classification}** for running campaigns`;
  const sentences = [
    ...(waits === null ? [] : [`- ${plain(waits)}`]),
    ...changes.map((each) => `- ${plain(each.summary)} · *${each.classification}*`),
    ...touchedBy.map((each) => `- ${each.kind} ${code(each.id)}: ${plain(each.summary)}`),
    ...approvals.map((each) => `- ${plain(each.summary)}`),
  ];
  const rest = sentences.length > CHANGES ? [`- … and ${sentences.length - CHANGES} more`] : [];
  const shown = [...sentences.slice(0, CHANGES), ...rest];
  const leadTime = leadTimeLine(forecast);
  return [
    '',
    `### ${code(id)}: ${titleOf(change)}${meaning}`,
    ...(shown.length === 0 ? [] : ['', ...shown]),
    ...(leadTime === null ? [] : ['', leadTime]),
    ...pastLines(workflow),
  ];
}

const titleOf = (change: WorkflowPlan['change']): string => (change === 'invalid' ? 'held back' : change);

function pastLines({ past = [] }: WorkflowPlan): string[] {
  if (past.length === 0) return [];
  const shown = past.slice(0, PAST).map(({ campaign, detail }) => `${code(campaign)} (${plain(detail)})`);
  const rest = past.length > PAST ? ` and ${past.length - PAST} more` : '';
  return ['', `Of the last two quarters, otherwise: ${shown.join(', ')}${rest}.`];
}

function otherDefinitions({ documents }: Plan): string[] {
  if (documents.length === 0) return [];
  const shown = documents
    .slice(0, CHANGES)
    .map((each) => `- ${documentLine({ ...each, summary: plain(each.summary) }, code(each.id))}`);
  const rest = documents.length > CHANGES ? [`- … and ${documents.length - CHANGES} more`] : [];
  return ['', '### Other definitions', '', ...shown, ...rest];
}

/** Names of those that can move, for whoever wants to know which. */
function movable(workflows: readonly WorkflowPlan[]): string[] {
  const all = workflows.flatMap(({ impact = [] }) => impact.filter(({ effect }) => effect === 'movable'));
  if (all.length === 0) return [];
  const shown = all.slice(0, MOVABLE).map(({ campaign, detail }) => `- ${code(campaign)}: ${plain(detail)}`);
  const rest = all.length > MOVABLE ? [`- … and ${all.length - MOVABLE} more`] : [];
  return ['', ...folded(`${count(all.length, 'campaign')} can move over`, [...shown, ...rest])];
}

function footer({ base, head }: Plan, { epoch = 'none' }: CommentOptions): string[] {
  const campaigns = epoch === 'none' ? '' : `, campaigns as of ${code(short(epoch))}`;
  return ['', `<sub>${code(short(head.sha))} merged into ${code(short(base.sha))}${campaigns}</sub>`];
}

/** Diagrams before the last line, as long as there is room. */
function withDiagrams(lines: readonly string[], workflows: readonly WorkflowPlan[]): string[] {
  const drawn: string[] = [];
  const left: string[] = [];
  let size = bytes(lines);
  for (const { id, diagram } of workflows) {
    if (diagram === null) continue;
    const block = ['', ...folded(`Diagram of ${htmlText(id)}`, ['```mermaid', diagram.trimEnd(), '```'])];
    const larger = size + bytes(block);
    if (diagram.length > DIAGRAM_LIMIT || larger > COMMENT_LIMIT) left.push(id);
    else {
      drawn.push(...block);
      size = larger;
    }
  }
  if (left.length > 0) drawn.push('', `Too large to be drawn here: ${names(left)}.`);
  const end = lines.length - 2;
  return [...lines.slice(0, end), ...drawn, ...lines.slice(end)];
}

const names = (ids: readonly string[]): string => listed(ids.map(code), NAMED);

const htmlText = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
