import { Arg, Ctx, FieldResolver, Float, GraphQLISODateTime, Resolver, Root } from 'type-graphql';
import {
  forecastFrom,
  forecastOfVersion,
  type GroundedForecast,
  premisesOfRunning,
  premisesOfVersion,
  whatIfFrom,
  withoutPast,
} from '../application/forecasts.js';
import { compiledOf } from '../application/compiled-versions.js';
import type { StoredVersion } from '../application/ports.js';
import type { CampaignRecord } from '../application/records.js';
import type { WhatIf } from '../domain/forecast/what-if.js';
import { AdherenceType } from '../schema/adherence-types.js';
import { CampaignType } from '../schema/campaign-types.js';
import { WorkflowVersionType } from '../schema/definition-types.js';
import { ForecastType, WhatIfType } from '../schema/forecast-types.js';
import { SuppositionInput } from '../schema/inputs.js';
import { semanticNonNull } from '../schema/semantic-non-null.js';
import { toSuppositions } from './arguments.js';
import type { Context } from './context.js';

const Start = () =>
  Arg('start', () => GraphQLISODateTime, {
    nullable: true,
    description: 'When it begins; without it Monday 2026-01-05, 09:00 UTC, so that answers repeat.',
  });
const WithinHours = () =>
  Arg('withinHours', () => Float, {
    nullable: true,
    description: 'Asks how likely it ends within so many elapsed hours.',
  });
const Suppose = () =>
  Arg('suppose', () => [SuppositionInput], {
    description: 'What would be otherwise, all of it together; at most 20 things.',
  });

@Resolver(() => WorkflowVersionType)
export class VersionForecastResolver {
  @semanticNonNull
  @FieldResolver(() => AdherenceType, {
    nullable: true,
    description: 'How far the campaigns that ended on it followed it.',
  })
  async adherence(
    @Root() version: StoredVersion<'Workflow'>,
    @Ctx() { load }: Context,
  ): Promise<AdherenceType> {
    const { fitness, ...measured } = await load.adherence(version);
    return { ...measured, fitnessAverage: fitness.average, fitnessLog: fitness.log };
  }
  @semanticNonNull
  @FieldResolver(() => ForecastType, {
    nullable: true,
    description: 'How long a campaign takes that begins on it.',
  })
  async forecast(
    @Root() version: StoredVersion<'Workflow'>,
    @Start() start: Date | null,
    @WithinHours() withinHours: number | null,
    @Arg('definitionOnly', () => Boolean, {
      defaultValue: false,
      description:
        'Learns nothing from campaigns that have ended: what the definition itself leads to expect, as in the review of a quarter.',
    })
    definitionOnly: boolean,
    @Ctx() { load }: Context,
  ): Promise<ForecastType> {
    const ground = definitionOnly ? withoutPast(await load.teams()) : await load.ground(version.definitionId);
    return showForecast(await forecastOfVersion(version, ground, { start, withinHours }));
  }
  @semanticNonNull
  @FieldResolver(() => WhatIfType, {
    nullable: true,
    description: 'How long a campaign would take that begins on it if something were otherwise.',
  })
  async whatIf(
    @Root() version: StoredVersion<'Workflow'>,
    @Suppose() suppose: SuppositionInput[],
    @Start() start: Date | null,
    @WithinHours() withinHours: number | null,
    @Ctx() { load }: Context,
  ): Promise<WhatIfType> {
    const suppositions = toSuppositions(suppose);
    const ground = await (await load.ground(version.definitionId)).read();
    const premises = premisesOfVersion(compiledOf(version), ground, { start, withinHours });
    return showWhatIf(whatIfFrom(version.meaning, premises, suppositions));
  }
}

@Resolver(() => CampaignType)
export class CampaignForecastResolver {
  @FieldResolver(() => ForecastType, {
    nullable: true,
    description:
      'How long it takes in all, given what is done and how long the open steps have lasted; null when it does not run any more.',
  })
  async forecast(@Root() campaign: CampaignRecord, @Ctx() context: Context): Promise<ForecastType | null> {
    if (campaign.status !== 'running') return null;
    const version = await context.load.workflowVersion(campaign.versionId);
    const premises = await premisesOf(campaign, version, context);
    return showForecast(forecastFrom(compiledOf(version), premises));
  }
  @FieldResolver(() => WhatIfType, {
    nullable: true,
    description:
      'The same if something were otherwise with what is still to do; null when it does not run any more.',
  })
  async whatIf(
    @Root() campaign: CampaignRecord,
    @Suppose() suppose: SuppositionInput[],
    @Ctx() context: Context,
  ): Promise<WhatIfType | null> {
    const suppositions = toSuppositions(suppose);
    if (campaign.status !== 'running') return null;
    const version = await context.load.workflowVersion(campaign.versionId);
    const premises = await premisesOf(campaign, version, context);
    return showWhatIf(whatIfFrom(version.meaning, premises, suppositions));
  }
}

async function premisesOf(
  campaign: CampaignRecord,
  version: StoredVersion<'Workflow'>,
  { load, ports }: Context,
) {
  const [situation, { steps }, ground] = await Promise.all([
    load.situation(campaign),
    load.parts(campaign),
    load.ground(version.definitionId).then((source) => source.read()),
  ]);
  const holds = (condition: string) => situation.holdsFor('step', condition);
  return premisesOfRunning(compiledOf(version), ground, { campaign, steps }, holds, ports.clock.now());
}

const showForecast = ({
  leadTime,
  launch,
  criticalPath,
  pert,
  ...forecast
}: GroundedForecast): ForecastType => ({
  ...forecast,
  ...leadTime,
  launchP50Hours: launch?.p50Hours ?? null,
  launchP80Hours: launch?.p80Hours ?? null,
  criticalPath: criticalPath.steps,
  criticalPathHours: criticalPath.hours,
  pertMeanHours: pert.meanHours,
  pertStandardDeviationHours: pert.standardDeviationHours,
});

const showWhatIf = ({ before, after, difference, slips }: WhatIf<GroundedForecast>): WhatIfType => ({
  before: showForecast(before),
  after: showForecast(after),
  differenceMeanHours: difference.meanHours,
  differenceMeanHoursLow: difference.meanHoursLow,
  differenceMeanHoursHigh: difference.meanHoursHigh,
  shareSooner: difference.shareSooner,
  slips,
});
