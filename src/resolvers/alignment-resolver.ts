import { Ctx, FieldResolver, Float, Query, Resolver, Root } from 'type-graphql';
import type { Present } from '../application/present.js';
import type { CampaignRecord, MetricReading } from '../application/records.js';
import { WHOLE_LIST } from '../domain/alignment/audience.js';
import { convergenceOf } from '../domain/alignment/convergence.js';
import type { Place } from '../domain/alignment/consistency.js';
import { staleSources } from '../domain/alignment/lineage.js';
import { BRIEF } from '../domain/alignment/remarks.js';
import { MEASURED_METRICS, type MetricName, METRICS } from '../domain/metrics/catalogue.js';
import { type Evidence, messageOf, noteOfNeeds } from '../domain/metrics/measure.js';
import {
  AssetType,
  AudienceListType,
  AudienceType,
  ContradictionType,
  ConvergenceType,
  EvidenceInterface,
  MetricDefinitionType,
  MetricPartType,
  MetricValueType,
  type TextPlaceType,
} from '../schema/alignment-types.js';
import { CampaignType } from '../schema/campaign-types.js';
import { semanticNonNull } from '../schema/semantic-non-null.js';
import type { Context } from './context.js';

const HOUR = 3_600_000;

@Resolver()
export class MetricsResolver {
  @semanticNonNull
  @Query(() => [MetricDefinitionType], { nullable: true, description: 'Everything that can be measured.' })
  metrics(): MetricDefinitionType[] {
    return (Object.keys(METRICS) as MetricName[]).map(definitionOf);
  }
}

@Resolver(() => CampaignType)
export class AlignmentResolver {
  @semanticNonNull
  @FieldResolver(() => [AssetType], { nullable: true, description: 'What it publishes, by key.' })
  async assets(@Root() { id }: CampaignRecord, @Ctx() { load }: Context): Promise<AssetType[]> {
    const assets = await load.assets.load(id);
    const stale = staleSources(assets);
    return assets.map((asset) => ({ ...asset, staleSource: stale.get(asset.key) ?? null }));
  }
  @semanticNonNull
  @FieldResolver(() => [AudienceType], {
    nullable: true,
    description: 'Whom its channels reach, where given.',
  })
  async audiences(@Root() { id }: CampaignRecord, @Ctx() { load }: Context): Promise<AudienceType[]> {
    return (await load.audiences.load(id)).filter(({ channel }) => channel !== WHOLE_LIST);
  }
  @FieldResolver(() => AudienceListType, {
    nullable: true,
    description:
      'The one list that the audience of every channel is to be a part of; null where it is not given.',
  })
  async audienceList(
    @Root() { id }: CampaignRecord,
    @Ctx() { load }: Context,
  ): Promise<AudienceListType | null> {
    return (await load.audiences.load(id)).find(({ channel }) => channel === WHOLE_LIST) ?? null;
  }
  @semanticNonNull
  @FieldResolver(() => [MetricValueType], {
    nullable: true,
    description:
      'How far it agrees and how it goes; each was measured when one of the things it rests on last changed.',
  })
  async metrics(
    @Root() campaign: CampaignRecord,
    @Ctx() { load }: Context,
  ): Promise<readonly MeasuredMetric[]> {
    const { metrics } = await load.parts(campaign);
    const known = shownMetrics.get(metrics) ?? measuredMetrics(campaign.id, metrics);
    shownMetrics.set(metrics, known);
    return known;
  }
  @semanticNonNull
  @FieldResolver(() => [ContradictionType], {
    nullable: true,
    description: 'Where its texts contradict each other or the brief: the evidence of message-consistency.',
  })
  async contradictions(@Root() { id }: CampaignRecord, @Ctx() { load, present }: Context): Promise<object[]> {
    const metrics = await load.metrics.load(id);
    const found = metrics.find(({ metric }) => metric === 'message-consistency');
    return (found?.evidence ?? []).map((each) => toEvidence(each, present));
  }
  @semanticNonNull
  @FieldResolver(() => ConvergenceType, {
    nullable: true,
    description: 'Whether content, targeting, channels and timing agree, and since when.',
  })
  async convergence(@Root() { id }: CampaignRecord, @Ctx() { load }: Context): Promise<ConvergenceType> {
    return convergenceOf(await load.turns.load(id));
  }
}

const definitionOf = (name: MetricName): MetricDefinitionType => ({
  ...METRICS[name],
  ...{ metric: name, name, isCheckable: MEASURED_METRICS.includes(name) },
});
const MEASURED = MEASURED_METRICS.map(definitionOf);

/** One metric of a campaign, whether or not it was measured; why it is so is read where it is asked for. */
type MeasuredMetric = MetricDefinitionType &
  Pick<MetricValueType, 'value' | 'measuredAt'> & { readonly campaignId: string };

/** By the readings that they follow from. */
const shownMetrics = new WeakMap<readonly MetricReading[], readonly MeasuredMetric[]>();

function measuredMetrics(campaignId: string, readings: readonly MetricReading[]): MeasuredMetric[] {
  const known = new Map<string, MetricReading>(readings.map((reading) => [reading.metric, reading]));
  return MEASURED.map((definition) => {
    const { value = null, measuredAt = null } = known.get(definition.metric) ?? {};
    return { ...definition, campaignId, value, measuredAt };
  });
}

@Resolver(() => MetricValueType)
export class MetricValueResolver {
  @semanticNonNull
  @FieldResolver(() => [MetricPartType], { nullable: true, description: 'Figures beside it.' })
  async parts(@Root() metric: MeasuredMetric, @Ctx() context: Context): Promise<MetricPartType[]> {
    const { parts = {} } = (await found(metric, context)) ?? {};
    return Object.entries(parts).map(([name, value]) => ({ name, value }));
  }
  @semanticNonNull
  @FieldResolver(() => [EvidenceInterface], {
    nullable: true,
    description: 'Why it is so; at most 1,000 entries.',
  })
  async evidence(@Root() metric: MeasuredMetric, @Ctx() context: Context): Promise<object[]> {
    const { evidence = [] } = (await found(metric, context)) ?? {};
    return evidence.map((each) => toEvidence(each, context.present));
  }
  @semanticNonNull
  @FieldResolver(() => [String], {
    nullable: true,
    description: 'What is missing, or could not be compared.',
  })
  async notes(@Root() metric: MeasuredMetric, @Ctx() context: Context): Promise<readonly string[]> {
    return (await found(metric, context))?.notes ?? [noteOfNeeds(metric.needs)];
  }
  @FieldResolver(() => Float, { nullable: true, description: 'Hours since then.' })
  ageHours(@Root() { measuredAt }: MeasuredMetric, @Ctx() { present }: Context): number | null {
    return measuredAt && hoursSince(measuredAt, present);
  }
}

const found = async ({ campaignId, metric }: MeasuredMetric, { load }: Context) =>
  (await load.metrics.load(campaignId)).find((each) => each.metric === metric);

const hoursSince = (moment: Date, present: Present): number =>
  (present.now().getTime() - moment.getTime()) / HOUR;

export function toEvidence(evidence: Evidence, present: Present): object {
  const message = messageOf(evidence);
  switch (evidence.type) {
    case 'contradiction':
      return {
        ...evidence,
        message,
        sides: evidence.sides.map(({ value, places }) => ({ value, places: places.map(toPlace) })),
      };
    case 'coverage':
      return { ...evidence, message, asset: evidence.id };
    case 'opening':
      return { ...evidence, message, at: evidence.at && new Date(evidence.at) };
    case 'drift': {
      const since = new Date(evidence.since);
      return {
        ...{ ...evidence, message, since },
        get ageHours() {
          return hoursSince(since, present);
        },
      };
    }
    case 'tone':
    case 'response':
    case 'overlap':
      return { ...evidence, message };
  }
}

/** The brief has no text of its own to point into. */
const toPlace = ({ id, channel, start, end, text }: Place): TextPlaceType =>
  id === BRIEF
    ? { asset: null, channel: null, start: null, end: null, text }
    : { asset: id, channel, start, end, text };
