import {
  INCIDENT_CAUSES,
  INCIDENT_KINDS,
  type Incident,
  type IncidentCause,
  type IncidentKind,
} from './incidents.js';

/** What went wrong in one of several campaigns. */
export interface CampaignIncidents {
  readonly incidents: readonly (Pick<Incident, 'kind' | 'cause'> & {
    readonly delay: { readonly hours: number } | null;
  })[];
  /** Whether something that had been given was changed within two days of its channel's launch (R81). */
  readonly hasLateFix: boolean;
  readonly isLaunched: boolean;
}
export interface KindCount {
  readonly kind: IncidentKind;
  readonly count: number;
  /** Null where there are no campaigns. */
  readonly perCampaign: number | null;
}
export interface CauseShare {
  readonly cause: IncidentCause;
  readonly count: number;
  /** Hours by which deadlines were missed for it: of each campaign those of its latest channel, as the others waited with it. */
  readonly delayHours: number;
  /** Of all hours of delay; the shares of all causes are one together (R82). Null where nothing was late. */
  readonly delayShare: number | null;
}
/** Incidents over campaigns (R79, R82). */
export interface IncidentRegister {
  readonly campaigns: number;
  readonly count: number;
  readonly kinds: readonly KindCount[];
  readonly causes: readonly CauseShare[];
  /** Campaigns that have launched, and of these the share with a fix in the last two days (R81); null where none has. */
  readonly launched: number;
  readonly lateFixShare: number | null;
}

export function registerOf(campaigns: readonly CampaignIncidents[]): IncidentRegister {
  const all = campaigns.flatMap(({ incidents }) => incidents);
  const launched = campaigns.filter(({ isLaunched }) => isLaunched);
  const hoursOf = (cause: IncidentCause): number =>
    campaigns.reduce((sum, { incidents }) => {
      const delays = incidents.flatMap((each) =>
        each.cause === cause && each.delay ? [each.delay.hours] : [],
      );
      return sum + Math.max(0, ...delays);
    }, 0);
  const causes = namesOf(INCIDENT_CAUSES).map((cause) => ({ cause, delayHours: hoursOf(cause) }));
  const delayed = causes.reduce((sum, { delayHours }) => sum + delayHours, 0);
  return {
    ...{ campaigns: campaigns.length, count: all.length, launched: launched.length },
    kinds: namesOf(INCIDENT_KINDS).map((kind) => {
      const count = all.filter((each) => each.kind === kind).length;
      return {
        kind,
        count,
        perCampaign: campaigns.length === 0 ? null : count / campaigns.length,
      };
    }),
    causes: causes.map(({ cause, delayHours }) => ({
      ...{ cause, delayHours },
      count: all.filter((each) => each.cause === cause).length,
      delayShare: delayed === 0 ? null : delayHours / delayed,
    })),
    lateFixShare:
      launched.length === 0 ? null : launched.filter(({ hasLateFix }) => hasLateFix).length / launched.length,
  };
}

const namesOf = <Name extends string>(names: Readonly<Record<Name, string>>): Name[] =>
  Object.keys(names) as Name[];
