import { LRUCache } from 'lru-cache';
import { compileWorkflow } from '../domain/workflow/compile.js';
import type { CompiledWorkflow } from '../domain/workflow/compiled.js';
import { diffWorkflows, type WorkflowDiff } from '../domain/workflow/diff/diff.js';
import type { Workflow } from '../domain/workflow/workflow.js';
import type { StoredVersion } from './ports.js';

/** More versions than a busy repository serves at once. */
const compiled = new LRUCache<string, CompiledWorkflow>({ max: 500 });
const differences = new LRUCache<string, WorkflowDiff>({ max: 500 });

/** A version never changes, so neither does what it compiles to; it goes by its hash. */
export function compiledOf({ hash, meaning }: StoredVersion): CompiledWorkflow {
  const known = compiled.get(hash) ?? compileWorkflow(meaning as Workflow);
  compiled.set(hash, known);
  return known;
}

/** What differs in meaning between two versions. */
export function differenceOf(from: StoredVersion<'Workflow'>, to: StoredVersion<'Workflow'>): WorkflowDiff {
  const key = `${from.hash} ${to.hash}`;
  const known = differences.get(key) ?? diffWorkflows(from.meaning, to.meaning);
  differences.set(key, known);
  return known;
}
