import { Ctx, FieldResolver, Resolver, Root } from 'type-graphql';
import type { CampaignRecord } from '../application/records.js';
import { contentCalendar } from '../domain/alignment/calendar-rules.js';
import { DEFAULT_POLICY, type Policy, type Taxonomy } from '../domain/workflow/document.js';
import { CampaignType } from '../schema/campaign-types.js';
import { ContentCalendarType } from '../schema/content-calendar-types.js';
import { semanticNonNull } from '../schema/semantic-non-null.js';
import type { Context } from './context.js';

@Resolver(() => CampaignType)
export class ContentCalendarResolver {
  @semanticNonNull
  @FieldResolver(() => ContentCalendarType, {
    nullable: true,
    description: 'What is published when and where, and what of it does not fit.',
  })
  async contentCalendar(
    @Root() campaign: CampaignRecord,
    @Ctx() { load }: Context,
  ): Promise<ContentCalendarType> {
    const { id, versionId, policyVersionId, taxonomyVersionId, brief, plannedLaunchAt } = campaign;
    const [version, policy, taxonomy, assets, { channels }, metrics] = await Promise.all([
      load.workflowVersion(versionId),
      policyVersionId === null ? null : load.version.load(policyVersionId),
      taxonomyVersionId === null ? null : load.version.load(taxonomyVersionId),
      load.assets.load(id),
      load.parts(campaign),
      load.metrics.load(id),
    ]);
    const measured = metrics.find(({ metric }) => metric === 'keyword-coverage');
    const { items, ...rest } = contentCalendar({
      ...{ workflow: version.meaning, brief, assets, channels, plannedLaunchAt },
      taxonomy: (taxonomy?.meaning as Taxonomy | undefined) ?? null,
      timezone: ((policy?.meaning as Policy | undefined) ?? DEFAULT_POLICY).timezone,
      coverage: (measured?.evidence ?? []).flatMap((each) => (each.type === 'coverage' ? [each] : [])),
    });
    return {
      ...rest,
      items: items.map(({ coverage, ...item }) => ({ ...item, missingKeywords: coverage?.missing ?? [] })),
    };
  }
}
