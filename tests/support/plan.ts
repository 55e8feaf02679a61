import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import type { Plan, WorkflowPlan } from '../../src/application/plan.js';
import { planMerge } from '../../src/gitops/plan.js';
import { GitSource } from '../../src/gitops/git-source.js';
import { commitFiles, git, initRepository } from './repository.js';

/** The plan of a change from some files to others. */
export async function planOf(
  directory: string,
  before: Readonly<Record<string, string>>,
  after: Readonly<Record<string, string | null>>,
): Promise<Plan> {
  await initRepository(directory);
  await commitFiles(directory, before, { message: 'Before' });
  await git(directory, 'checkout', '--quiet', '-b', 'change');
  await commitFiles(directory, after, { message: 'After' });
  const source = new GitSource({
    ...{ location: directory, branch: 'main', folder: 'workflows', token: null, cacheDirectory: directory },
  });
  return planMerge(source, 'main', 'change', { today: '2026-03-02' });
}

/** The plan of a change in a repository that is gone afterwards. */
export async function diffed(
  ...files: [Parameters<typeof planOf>[1], Parameters<typeof planOf>[2]]
): Promise<Plan> {
  const directory = await mkdtemp(path.join(os.tmpdir(), 'weir-plan-'));
  try {
    return await planOf(path.join(directory, 'repository'), ...files);
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
}

/** The same plan with what a server would add to one of its workflows. */
export const withCampaigns = (
  plan: Plan,
  id: string,
  known: Pick<WorkflowPlan, 'impact' | 'past'>,
): Plan => ({
  ...plan,
  workflows: plan.workflows.map((workflow) => (workflow.id === id ? { ...workflow, ...known } : workflow)),
});
