import os from 'node:os';
import path from 'node:path';
import { renderComment } from '../application/render-comment.js';
import { renderPlan } from '../application/render-plan.js';
import { GitSource } from '../gitops/git-source.js';
import { type ImpactOf, planMerge } from '../gitops/plan.js';
import { askServer, type Server } from './ask-server.js';
import { printJson } from './output.js';

interface PlanOptions {
  readonly base: string;
  readonly head: string;
  readonly repo: string;
  readonly path: string;
  readonly failOn?: string;
  /** Asked what the plan means for campaigns. */
  readonly server: Server | null;
  readonly format: string;
}

/** Prints the plan; true when it is valid and, with `--fail-on breaking`, breaks nothing. */
export async function plan(options: PlanOptions): Promise<boolean> {
  const { base, head, repo, path: folder, failOn, format, server } = options;
  const cacheDirectory = path.join(os.tmpdir(), 'weir-repositories');
  const source = new GitSource({ location: repo, branch: null, folder, token: null, cacheDirectory });
  const today = new Date().toISOString().slice(0, 10);
  const impactOf: ImpactOf | undefined = server ? (...asked) => askServer(server, ...asked) : undefined;
  const result = await planMerge(source, base, head, { today, impactOf });
  if (format === 'json') printJson(result);
  else process.stdout.write(format === 'markdown' ? renderComment(result) : renderPlan(result));
  const breaks =
    failOn === 'breaking' && result.workflows.some((workflow) => workflow.classification === 'breaking');
  return result.ok && !breaks;
}
