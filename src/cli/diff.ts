import { existsSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { DateTime } from 'luxon';
import type { MeaningChange } from '../domain/workflow/diff/change.js';
import { diffWorkflows } from '../domain/workflow/diff/diff.js';
import type { Reading } from '../domain/workflow/reading.js';
import type { Workflow } from '../domain/workflow/workflow.js';
import { nearest } from '../domain/suggestion.js';
import { readDefinitions } from '../gitops/document/read.js';
import { filesWithBases } from '../gitops/folder.js';
import { GitSource } from '../gitops/git-source.js';
import { complain, count, print, printJson, renderProblem, UsageError } from './output.js';

export interface DiffOptions {
  readonly repo: string;
  readonly path: string;
  readonly from?: string;
  readonly to: string;
  readonly workflow?: string;
  readonly format: string;
}

/** Prints what differs in meaning between two versions; false when one of them cannot be understood. */
export async function diff(one: string, other: string | undefined, options: DiffOptions): Promise<boolean> {
  const found = other === undefined ? await inHistory(one, options) : await inFiles(one, other, options);
  if (!found) return false;
  const [before, after] = found;
  const { classification, changes } = diffWorkflows(before, after);
  if (options.format === 'json') printJson({ id: after.key, classification, changes });
  else {
    print(`${after.key}: ${count(changes.length, 'change')}${changes.length === 0 ? ' in meaning' : ''}`);
    for (const change of changes) print(renderChange(change));
    if (changes.length > 0) print(`for running campaigns: ${classification}`);
  }
  return true;
}

const renderChange = ({ classification, summary }: MeaningChange): string =>
  `  ${classification.padEnd('compatible'.length)}  ${summary}`;

type Versions = readonly [before: Workflow, after: Workflow];

async function inFiles(
  older: string,
  newer: string,
  { workflow, from }: DiffOptions,
): Promise<Versions | null> {
  if (from !== undefined) throw new UsageError('name two files, or one id with --from');
  const before = await readFile(older);
  const after = await readFile(newer);
  const key = workflow ?? onlyKey(after, newer);
  const old = find(before, workflow ?? (isIn(before, key) ? key : onlyKey(before, older)), older);
  const now = find(after, key, newer);
  return old && now ? [old, now] : null;
}

/** The definitions of a file; where it extends others, those of its folder as well. */
async function readFile(file: string): Promise<Reading & { readonly file: string }> {
  if (!existsSync(file)) throw new UsageError(`there is nothing at ${file}`);
  return { ...readDefinitions(await filesWithBases(file), today()), file };
}

const workflowsIn = ({ definitions }: Reading) => definitions.filter((each) => each.kind === 'Workflow');
const isIn = (reading: Reading, key: string): boolean =>
  workflowsIn(reading).some((each) => each.key === key);

function onlyKey(reading: Reading & { readonly file: string }, file: string): string {
  const own = workflowsIn(reading).filter((each) => path.resolve(each.file) === path.resolve(file));
  const keys = own.map((each) => each.key);
  const [key] = keys;
  if (key === undefined) throw new UsageError(`${file} holds no workflow`);
  if (keys.length > 1)
    throw new UsageError(`${file} holds several: say --workflow ${keys.join(' or --workflow ')}`);
  return key;
}

/** The workflow, or null after saying what is wrong with it. */
function find(reading: Reading, key: string, where: string): Workflow | null {
  const workflows = workflowsIn(reading);
  const found = workflows.find((each) => each.key === key);
  if (!found) {
    const meant = nearest(
      key,
      workflows.map((each) => each.key),
    );
    throw new UsageError(
      `there is no workflow '${key}' in ${where}${meant === null ? '' : `; did you mean '${meant}'?`}`,
    );
  }
  const errors = found.problems.filter(({ severity }) => severity === 'error');
  if (found.meaning && errors.length > 0) {
    complain(
      `${where} has ${count(errors.length, 'error')}; 'weir validate' names ${errors.length === 1 ? 'it' : 'them'}`,
    );
  }
  if (found.meaning) return found.meaning;
  for (const problem of found.problems) complain(renderProblem(problem));
  complain(`'${key}' cannot be understood in ${where}`);
  return null;
}

async function inHistory(
  key: string,
  { repo, path: folder, from, to }: DiffOptions,
): Promise<Versions | null> {
  if (from === undefined) {
    throw new UsageError(
      existsSync(key) ? 'name the newer file too' : `say --from which commit or date '${key}' is compared`,
    );
  }
  const cacheDirectory = path.join(os.tmpdir(), 'weir-repositories');
  const source = new GitSource({ location: repo, branch: null, folder, token: null, cacheDirectory });
  const at = async (ref: string) => {
    const day = DateTime.fromISO(ref, { zone: 'utc' });
    const sha = await (isDate(ref) && day.isValid ? source.lastBefore(day.toJSDate()) : source.resolve(ref));
    return find(readDefinitions(source.files(sha), today()), key, `${ref} (${sha.slice(0, 7)})`);
  };
  const [before, after] = [await at(from), await at(to)];
  return before && after ? [before, after] : null;
}

const isDate = (ref: string): boolean => /^\d{4}-\d{2}-\d{2}$/.test(ref);
const today = (): string => new Date().toISOString().slice(0, 10);
