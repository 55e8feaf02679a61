import type { Incident } from '../domain/learning/incidents.js';
import { stepsOf } from '../domain/workflow/steps.js';
import { type CampaignHistory, type LookBack, lookBackOn, type Words } from './incidents.js';
import type { LoadedCampaign } from './ports.js';
import { situationOf } from './situation.js';

const HOUR_MS = 3_600_000;

/** What the three questions of a retrospective rest on (R90); frozen when the campaign ends (R77). */
export type RetrospectiveEvidence = Figures & (Found | FoundBefore);
interface Figures {
  /** From creation to the first channel that went live; null when none did. */
  readonly leadTimeHours: number | null;
  readonly durationHours: number;
  /** How often work was returned. */
  readonly reworkRounds: number;
  readonly gatesPassed: number;
  readonly gatesFailed: number;
  /** Gates, rules and mandatory steps that were gone past (R65); absent where nobody counted yet. */
  readonly deviations?: number;
  /** Actual minus planned launch of each channel, in hours. */
  readonly launchDelayHours: Readonly<Record<string, number>>;
  /** Keys of gates that were failed or gone past; absent where an older release opened it. */
  readonly unmetGates?: readonly string[];
}
/** What was recognised then (R79), in words. */
interface Found {
  readonly incidents: readonly Incident[];
  readonly words: Words;
}
/** What older releases noted: incidents without words, or nothing. */
interface FoundBefore {
  readonly incidents?: readonly NotedIncident[];
  readonly words?: undefined;
}
/** What of an incident every release has noted. */
export type NotedIncident = Pick<Incident, 'kind' | 'subject' | 'cause'> & {
  readonly delay: { readonly hours: number } | null;
};

export function evidenceOf(
  campaign: LoadedCampaign,
  history: CampaignHistory,
  now: Date,
): RetrospectiveEvidence {
  const { createdAt, launchedAt, state, channels } = campaign;
  const { incidents, words } = lookBackOnLoaded(campaign, history, now);
  const gates = [...state.gates.values()];
  const skipped = stepsOf(campaign.version.meaning).filter(
    ({ key, optional }) => !optional && state.steps.get(key)?.status === 'skipped',
  );
  const delays = [...channels].flatMap(([channel, { plannedAt, launchedAt: live }]) =>
    plannedAt && live ? [[channel, hoursBetween(plannedAt, live)] as const] : [],
  );
  return {
    leadTimeHours: launchedAt ? hoursBetween(createdAt, launchedAt) : null,
    durationHours: hoursBetween(createdAt, now),
    reworkRounds: [...state.steps.values()].reduce((most, step) => Math.max(most, step.round), 0),
    gatesPassed: gates.filter((status) => status === 'passed').length,
    gatesFailed: gates.filter((status) => status === 'failed').length,
    deviations:
      gates.filter((status) => status === 'deviated').length + campaign.waived.length + skipped.length,
    launchDelayHours: Object.fromEntries(delays),
    incidents,
    words: words(),
    unmetGates: [...state.gates].flatMap(([key, status]) =>
      status === 'failed' || status === 'deviated' ? [key] : [],
    ),
  };
}

/** What the record of a campaign shows by now. */
export function lookBackOnLoaded(campaign: LoadedCampaign, history: CampaignHistory, now: Date): LookBack {
  const channels = [...campaign.channels].map(([channel, { budget = null, ...each }]) => ({
    ...{ channel, budget, ...each },
  }));
  const parts = { ...history, channels, roles: campaign.roles };
  return lookBackOn({ ...campaign, endedAt: null }, situationOf(campaign), parts, now);
}

const hoursBetween = (from: Date, to: Date): number =>
  Math.round(((to.getTime() - from.getTime()) / HOUR_MS) * 10) / 10;
