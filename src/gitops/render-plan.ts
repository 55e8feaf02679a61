import type { Plan, WorkflowPlan } from './plan.js';

/** How many of a kind a comment lists before it only counts. */
const LISTED = 10;

/** The plan as Markdown for a pull request: the verdict first, then what each workflow's change means. */
export function renderPlan(plan: Plan): string {
  const changed = plan.workflows.filter((workflow) => workflow.change !== 'unchanged');
  const tally = (change: WorkflowPlan['change']) =>
    changed.filter((workflow) => workflow.change === change).length;
  const names = [
    ['added', 'added'],
    ['modified', 'changed'],
    ['moved', 'moved'],
    ['retired', 'retired'],
  ] as const;
  const counted = names.map(([change, name]) => `${tally(change)} ${name}`);
  if (tally('invalid') > 0) counted.push(`${tally('invalid')} invalid`);
  const lines = [
    '## Weir plan',
    '',
    `${plan.ok ? '✅ valid' : '❌ not valid'} · ${counted.join(', ')} · \`${short(plan.base.sha)}\` → \`${short(plan.head.sha)}\``,
    ...renderProblems(plan),
    ...changed.flatMap(renderWorkflow),
    ...(plan.documents.length > 0
      ? [
          '',
          '### Other definitions',
          '',
          ...plan.documents.map((each) => `- ${each.kind} \`${each.id}\` ${each.change}: ${each.summary}`),
        ]
      : []),
  ];
  if (changed.length === 0 && plan.documents.length === 0) lines.push('', 'No change in meaning.');
  return `${lines.join('\n')}\n`;
}

const short = (sha: string): string => sha.slice(0, 7);

function renderProblems({ problems }: Plan): string[] {
  if (problems.length === 0) return [];
  const rows = problems.slice(0, LISTED).map((problem) => {
    const hint = problem.hint === undefined ? '' : ` (${problem.hint})`;
    return `| ${problem.severity} | \`${problem.file}:${problem.line}\` | ${cell(problem.message + hint)} |`;
  });
  const rest = problems.length > LISTED ? ['', `… and ${problems.length - LISTED} more.`] : [];
  return ['', '### Findings', '', '| | where | what |', '|---|---|---|', ...rows, ...rest];
}

function renderWorkflow({ id, change, classification, changes, forecast }: WorkflowPlan): string[] {
  const shown = changes.slice(0, LISTED).map((each) => `- ${each.summary} · *${each.classification}*`);
  const rest = changes.length > LISTED ? [`- … and ${changes.length - LISTED} more`] : [];
  const meaning = classification === 'none' ? '' : ` · **${classification}** for running campaigns`;
  return ['', `### \`${id}\`: ${change}${meaning}`, '', ...shown, ...rest, ...renderForecast(forecast)];
}

function renderForecast({ before, after }: WorkflowPlan['forecast']): string[] {
  if (!after) return [];
  const days = (hours: number) => `${(hours / 24).toFixed(1)} d`;
  if (!before) return ['', `Lead time: P50 ${days(after.p50Hours)}, P80 ${days(after.p80Hours)}.`];
  const difference = after.p80Hours - before.p80Hours;
  if (Math.abs(difference) < 0.1) return ['', `Lead time: unchanged, P80 ${days(after.p80Hours)}.`];
  return [
    '',
    `Lead time: P50 ${days(before.p50Hours)} → ${days(after.p50Hours)}, P80 ${days(before.p80Hours)} → ${days(after.p80Hours)} (${difference > 0 ? '+' : '−'}${days(Math.abs(difference))}).`,
  ];
}

/** Text that stays within one cell of a table. */
const cell = (text: string): string => text.replaceAll('|', '\\|').replaceAll('\n', ' ');
