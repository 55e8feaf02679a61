import { IMPORTED_LABEL } from './ports.js';

/** A version is served from its commit on: what was served right before a moment. */
const rightBefore = (moment: Date): string => new Date(moment.getTime() - 1).toISOString();

/**
 * Which query of the API gives which figures of the review of a period. `$workflow` is the key of the workflow, `$version` the number of a
 * version in `leadTimes`. Of campaigns that were called off only incidents count that somebody has reported.
 */
export function queriesOf({ start, end }: { readonly start: Date; readonly end: Date }) {
  const during = `{ since: "${start.toISOString()}", until: "${end.toISOString()}" }`;
  const over = `{ until: "${end.toISOString()}" }`;
  const [from, to] = [`{ asOf: "${rightBefore(start)}" }`, `{ asOf: "${rightBefore(end)}" }`];
  const here = `withoutLabel: ["${IMPORTED_LABEL}"]`;
  const stats = (name: string, filter: string, fields = 'campaigns') =>
    `${name}: campaignStats(groupBy: [WORKFLOW_VERSION], filter: { workflow: [$workflow], ${here}, ${filter} }) { group { value } ${fields} }`;
  return {
    'from, to': `workflow(key: $workflow) { from: versionAt(ref: ${from}) { number } to: versionAt(ref: ${to}) { number } }`,
    changes: `workflowDiff(workflow: $workflow, from: ${from}, to: ${to}) { classification changes { summary } }`,
    history: `workflowHistory(workflow: $workflow, filter: { committedAt: ${during} }) { nodes { summary author { name } pullRequest commit { sha } } }`,
    use: [
      stats('created', `createdAt: ${during}`),
      stats('launched', `launchedAt: ${during}`),
      stats('ended', `status: [ENDED], endedAt: ${during}`),
      stats('cancelled', `status: [CANCELLED], endedAt: ${during}`),
      stats('begunSoFar', `createdAt: ${over}`),
      stats('overSoFar', `createdAt: ${over}, endedAt: ${over}`),
    ].join(' '),
    leadTimes: stats('leadTimes', `launchedAt: ${during}`, 'campaigns leadTimeHoursP50'),
    predictions: `workflow(key: $workflow) { versionAt(ref: { number: $version }) { forecast(definitionOnly: true) { launchP50Hours launchP80Hours } } }`,
    effects: `workflow(key: $workflow) { effects(divide: { from: ${from}, to: ${to} }, until: "${end.toISOString()}") { metric differenceMean } }`,
    incidents: `campaigns(filter: { workflow: [$workflow], ${here}, status: [ENDED, CANCELLED], endedAt: ${during} }) { nodes { status incidents { kind cause reportedBy } } }`,
    triggers: `alerts(filter: { kind: [REVIEW_DUE], raisedAt: ${during} }) { nodes { message note } }`,
  } as const;
}
