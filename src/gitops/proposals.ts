import {
  BadProposal,
  type Impacts,
  type KnownAt,
  type Plan,
  type Proposals,
  type ProposedWorkflow,
} from '../application/plan.js';
import { PATIENCE_MS, within } from '../application/patience.js';
import { readDefinitions } from './document/read.js';
import { type GitSource, UnknownRef } from './git-source.js';
import { type Both, findBoth, type ImpactOf, planCommits } from './plan.js';

/** More is a repository, not a proposal; whoever sends it can send it in parts. */
const MAX_DOCUMENTS = 200;
const MAX_CHARACTERS = 524_288;

/** Proposals as git and the reader of definitions see them. */
export class GitProposals implements Proposals {
  #last: Promise<unknown> = Promise.resolve();

  /**
   * @param today the day against which definitions are checked, in ISO 8601
   * @param knownAt what the sync knows of the files; each call a copy of its own
   */
  constructor(
    private readonly source: GitSource,
    private readonly today: () => string,
    private readonly knownAt: () => Promise<KnownAt | null> = () => Promise.resolve(null),
  ) {}

  /**
   * One after the other: each takes a processor for seconds, and whoever else asks must be answered meanwhile. Nobody waits for
   * the host that another asks.
   */
  async merge(
    base: string,
    head: string,
    impactOf: (proposed: readonly ProposedWorkflow[]) => Promise<Impacts>,
  ): Promise<Plan> {
    try {
      const silence = `${this.source.location} has not answered`;
      const both = await within(findBoth(this.source, base, head), PATIENCE_MS, silence);
      const mine = this.#last.then(() => this.plan(both, impactOf));
      this.#last = mine.catch(() => undefined);
      return await mine;
    } catch (error) {
      if (error instanceof UnknownRef) throw new BadProposal(error.message, { cause: error });
      throw error;
    }
  }

  private async plan(both: Both, impactOf: ImpactOf): Promise<Plan> {
    return planCommits(this.source, both, {
      today: this.today(),
      impactOf,
      start: await this.knownAt(),
    });
  }

  async branches(): Promise<readonly string[]> {
    const { source } = this;
    const asked = Promise.all([source.branch(), source.unmergedBranches()]);
    const [synced, unmerged] = await within(asked, PATIENCE_MS, `${source.location} has not answered`);
    return unmerged.filter((branch) => branch !== synced).sort();
  }

  read(documents: readonly string[]): ProposedWorkflow[] {
    if (documents.length > MAX_DOCUMENTS)
      throw new BadProposal(
        `${documents.length} documents are too many for one question; ask for at most ${MAX_DOCUMENTS}`,
      );
    const characters = documents.reduce((sum, each) => sum + each.length, 0);
    if (characters > MAX_CHARACTERS)
      throw new BadProposal(
        `the documents have ${characters} characters; one question takes at most ${MAX_CHARACTERS}`,
      );
    const files = documents.map((text, position) => ({ path: `proposed-${position}.yaml`, text }));
    const { definitions, policy } = readDefinitions(files, this.today());
    return definitions.flatMap((each): ProposedWorkflow[] =>
      each.kind === 'Workflow' && each.valid && each.meaning
        ? [{ key: each.key, workflow: each.meaning, policy }]
        : [],
    );
  }
}
