import { Arg, FieldResolver, Resolver, Root } from 'type-graphql';
import { type DiagramFormat, drawDiagram } from '../application/draw-diagram.js';
import type { StoredVersion } from '../application/ports.js';
import { WorkflowDiffType } from '../schema/definition-types.js';
import { DiagramFormatEnum } from '../schema/enums.js';

interface Compared {
  readonly from: StoredVersion<'Workflow'>;
  readonly to: StoredVersion<'Workflow'>;
}

@Resolver(() => WorkflowDiffType)
export class WorkflowDiffResolver {
  @FieldResolver(() => String, {
    description: 'The swimlanes of the version after, with what came, went and changed since the one before.',
  })
  diagram(
    @Root() { from, to }: Compared,
    @Arg('as', () => DiagramFormatEnum, { defaultValue: 'mermaid', description: 'How it is written.' })
    format: DiagramFormat,
  ) {
    return drawDiagram(to.meaning, format, from.meaning);
  }
}
