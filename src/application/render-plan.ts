import { askedRoles } from './approvals.js';
import { withoutUnseen } from './markdown.js';
import type { Plan, WorkflowPlan } from './plan.js';
import {
  documentLine,
  isTouched,
  leadTimeLine,
  short,
  summarisePlan,
  worthTelling,
} from './summarise-plan.js';

/** How many campaigns of a workflow are named, and how many reasons for which a role is asked. */
const [CAMPAIGNS, REASONS] = [10, 3];

/** The plan for a person at a terminal. */
export function renderPlan(plan: Plan): string {
  const { verdict, counts } = summarisePlan(plan);
  const { base, head, problems, workflows, documents } = plan;
  const { shown, rest } = worthTelling(problems);
  const lines = [
    `${verdict} · ${counts}`,
    `${base.ref} (${short(base.sha)}) ← ${head.ref} (${short(head.sha)})`,
    ...section('Findings', [...shown.flatMap(finding), ...(rest === null ? [] : [rest])]),
    ...workflows.filter(isTouched).flatMap(workflowLines),
    ...section(
      'Other definitions',
      documents.map((each) => documentLine(each)),
    ),
    ...section(
      'Who has to approve',
      askedRoles(plan).map(({ role, reasons }) => `${role}: ${firstOf(reasons)}`),
    ),
  ];
  return `${lines.map(withoutUnseen).join('\n')}\n`;
}

/** A new workflow alone asks a role for each of its steps. */
const firstOf = (reasons: readonly string[]): string =>
  [
    ...reasons.slice(0, REASONS),
    ...(reasons.length > REASONS ? [`and ${reasons.length - REASONS} more`] : []),
  ].join('; ');

const section = (title: string, lines: readonly string[]): string[] =>
  lines.length === 0 ? [] : ['', title, ...lines.map((line) => `  ${line}`)];

const finding = ({
  file,
  line,
  column,
  severity,
  message,
  code,
  hint,
  existing,
}: Plan['problems'][number]): string[] => [
  `${file}:${line}:${column}  ${severity}${existing ? ' of the base' : ''}  ${message}  [${code}]`,
  ...(hint === undefined ? [] : [`  hint: ${hint}`]),
];

function workflowLines(workflow: WorkflowPlan): string[] {
  const { id, change, classification, changes, forecast, touchedBy, approvals, waits } = workflow;
  const meaning = classification === 'none' ? '' : `, ${classification} for running campaigns`;
  const leadTime = leadTimeLine(forecast);
  return section(`${id}: ${change === 'invalid' ? 'held back' : change}${meaning}`, [
    ...(waits === null ? [] : [waits]),
    ...changes.map((each) => `${each.summary}  [${each.classification}]`),
    ...touchedBy.map((each) => `${each.kind} '${each.id}': ${each.summary}`),
    ...approvals.map((each) => each.summary),
    ...(leadTime === null ? [] : [leadTime]),
    ...impactLines(workflow),
  ]);
}

/** What is stuck first, with how it would get there. */
function impactLines({ impact = [], past = [] }: WorkflowPlan): string[] {
  const named = impact.filter(({ effect }) => effect !== 'unaffected');
  const ordered = [...named].sort(
    (one, other) => Number(other.effect === 'stuck') - Number(one.effect === 'stuck'),
  );
  const shown = ordered
    .slice(0, CAMPAIGNS)
    .flatMap(({ campaign, effect, detail, trace = [] }) => [
      `campaign ${campaign}: ${effect}, ${detail}`,
      ...trace.map((line) => `    ${line}`),
    ]);
  const rest = named.length > CAMPAIGNS ? [`… and ${named.length - CAMPAIGNS} more`] : [];
  const ended = past.slice(0, CAMPAIGNS).map(({ campaign, detail }) => `ended ${campaign}: ${detail}`);
  return [...shown, ...rest, ...ended];
}
