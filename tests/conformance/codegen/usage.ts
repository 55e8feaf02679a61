import type { DocumentTypeDecoration } from '@graphql-typed-document-node/core';
import { CampaignChangedDocument, CampaignsDocument, StartStepDocument } from '../dist/client/graphql';
import { LaunchesByWeekDocument, WorkflowDocument, WorkflowHistoryDocument } from '../dist/client/graphql';

// Compiled against what codegen makes of documents/, never run: what a page may write, and what it may not.

declare function ask<Result, Variables>(
  document: DocumentTypeDecoration<Result, Variables>,
  variables: Variables,
): Result;

const { campaigns } = ask(CampaignsDocument, { first: 10, filter: { status: ['RUNNING'] } });
export const names: string[] = campaigns?.edges.map(({ node }) => node.name) ?? [];
export const planned: (string | null)[] =
  campaigns?.edges.map(({ node }) => node.plannedLaunchAt ?? null) ?? [];
// @ts-expect-error a status is one of a few words
ask(CampaignsDocument, { first: 10, filter: { status: ['running'] } });
// @ts-expect-error this document asks for the number of entries
ask(CampaignsDocument, {});

const { startStep } = ask(StartStepDocument, { input: { campaign: 'folding-bike', step: 'brief' } });
// Every kind of refusal has what the interface has.
export const reasons: string[] =
  startStep?.refusals.map(({ code, message }) => (code === 'ROLE_MISSING' ? 'ask somebody else' : message)) ??
  [];
// @ts-expect-error a list of steps may be withheld
export const steps: number | undefined = startStep?.campaign?.steps.length;

export const changed: string = ask(CampaignChangedDocument, { key: 'folding-bike' }).campaignChanged.key;

const series = ask(LaunchesByWeekDocument, {
  from: '2026-01-01T00:00:00Z',
  to: '2026-07-01T00:00:00Z',
  timezone: 'UTC',
});
export const start: string | undefined = series.metricSeries?.lines[0]?.points[0]?.start;
// @ts-expect-error a moment is written as text
ask(LaunchesByWeekDocument, { from: new Date(), to: new Date(), timezone: 'UTC' });

const { workflow } = ask(WorkflowDocument, { key: 'product-launch', ref: { number: 1 } });
// Raw documents are the only thing without a shape.
export const definition: Record<string, unknown> | undefined = workflow?.versionAt?.definition;

const { workflowHistory } = ask(WorkflowHistoryDocument, { first: 5 });
for (const change of workflowHistory?.nodes.flatMap(({ changes }) => changes ?? []) ?? []) {
  if (change.__typename === 'PartAdded') change.properties.map(({ value }) => value.text.length);
  // @ts-expect-error only what was added has properties here
  else change.properties;
}
