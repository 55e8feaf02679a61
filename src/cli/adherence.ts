import { type Adherence, adherence as measure, type CaseAdherence } from '../domain/adherence/adherence.js';
import { compileWorkflow } from '../domain/workflow/compile.js';
import { nearest } from '../domain/suggestion.js';
import { stepsOf } from '../domain/workflow/steps.js';
import type { Workflow } from '../domain/workflow/workflow.js';
import { loadWorkflow } from './definitions.js';
import { time } from './forecast.js';
import { loadLog, type LogCommand } from './logs.js';
import { count, print, printJson, progressLine } from './output.js';

export interface AdherenceCommand extends LogCommand {
  readonly workflow: string;
  readonly format: string;
}

/** Measures how far a log followed the workflow of a file; false when that is broken. */
export async function adherence(options: AdherenceCommand): Promise<boolean> {
  const loaded = await loadWorkflow(options.workflow, []);
  if (!loaded) return false;
  const log = await loadLog(options);
  const { show, clear } = progressLine('cases', log.cases.length);
  const result = measure(compileWorkflow(loaded.workflow), log, { progress: show });
  clear();
  if (options.format === 'json') printJson({ workflow: loaded.workflow.key, ...result });
  else print(renderAdherence(loaded.workflow, result));
  return true;
}

const LISTED = 8;

function renderAdherence(workflow: Workflow, result: Adherence): string {
  const { cases, fitting, fitness, variants, waiting, redundantApprovals, unknownActivities } = result;
  const names = stepsOf(workflow).flatMap(({ key, name }) => [key, name]);
  return [
    `${workflow.name}: ${count(cases, 'case')} in ${count(variants, 'variant')}, ${fitting} without deviation (${percent(cases === 0 ? 0 : fitting / cases)})`,
    `fitness ${fitness.log.toFixed(3)} of the log, ${fitness.average.toFixed(3)} on average over cases`,
    ...listed('most frequent deviations', frequent(result.perCase)),
    ...listed(
      'where time is lost waiting',
      waiting.map(
        ({ step, medianHours, p90Hours, share, workingMedianHours }) =>
          `${step}: ${percent(share)} of all waiting; median ${time(medianHours)}, one in ten over ${time(p90Hours)}${workingMedianHours === null ? '' : `; work ${time(workingMedianHours)}`}`,
      ),
    ),
    ...listed(
      'approvals that could go',
      redundantApprovals.map(({ step, reason, cases: given }) =>
        reason === 'never-returned'
          ? `${step}: given ${given} times, and never returned anything`
          : `${step}: the same role has approved right before (${given} times)`,
      ),
    ),
    ...listed(
      'activities that no step is called, by id or name',
      unknownActivities.map(({ activity, events }) => {
        const meant = nearest(activity, names);
        return `'${activity}': ${count(events, 'event')}${meant === null ? '' : `; did you mean '${meant}'?`}`;
      }),
    ),
    ...listed('furthest from the workflow', worst(result.perCase)),
  ].join('\n');
}

const percent = (share: number): string => `${Math.round(share * 100)} %`;

function listed(title: string, lines: readonly string[]): string[] {
  if (lines.length === 0) return [];
  const more = lines.length > LISTED ? [`  … and ${lines.length - LISTED} more`] : [];
  return ['', `${title}:`, ...lines.slice(0, LISTED).map((line) => `  ${line}`), ...more];
}

function frequent(cases: readonly CaseAdherence[]): string[] {
  const counts = new Map<string, number>();
  for (const { deviations, outOfOrder } of cases) {
    const turned = new Set(outOfOrder);
    const names = new Set(
      deviations.map(({ kind, step }) => (turned.has(step) ? `${step} out of its turn` : `${step} ${kind}`)),
    );
    for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1);
  }
  return [...counts]
    .sort(([one, a], [other, b]) => b - a || (one < other ? -1 : 1))
    .map(([name, times]) => `${name} in ${count(times, 'case')}`);
}

const worst = (cases: readonly CaseAdherence[]): string[] =>
  cases
    .filter(({ deviations }) => deviations.length > 0)
    .sort((one, other) => one.fitness - other.fitness)
    .slice(0, 3)
    .map(
      ({ case: id, fitness, deviations }) =>
        `${id} (${fitness.toFixed(3)}): ${deviations
          .slice(0, 4)
          .map(({ kind, step, position }) => `${step} ${kind} at ${position}`)
          .join(', ')}${deviations.length > 4 ? ', …' : ''}`,
    );
