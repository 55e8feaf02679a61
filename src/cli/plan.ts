import os from 'node:os';
import path from 'node:path';
import { GitSource } from '../gitops/git-source.js';
import { planMerge } from '../gitops/plan.js';
import { renderPlan } from '../gitops/render-plan.js';
import { printJson } from './output.js';

interface PlanOptions {
  readonly base: string;
  readonly head: string;
  readonly repo: string;
  readonly path: string;
  readonly failOn?: string;
  readonly format: string;
}

/** Prints the plan; true when it is valid and, with `--fail-on breaking`, breaks nothing. */
export async function plan(options: PlanOptions): Promise<boolean> {
  const { base, head, repo, path: folder, failOn, format } = options;
  const cacheDirectory = path.join(os.tmpdir(), 'weir-repositories');
  const source = new GitSource({ location: repo, branch: null, folder, token: null, cacheDirectory });
  const result = await planMerge(source, base, head, new Date().toISOString().slice(0, 10));
  if (format === 'json') printJson(result);
  else process.stdout.write(renderPlan(result));
  const breaks =
    failOn === 'breaking' && result.workflows.some((workflow) => workflow.classification === 'breaking');
  return result.ok && !breaks;
}
