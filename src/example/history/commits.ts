import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { addWorkingDays, lastTwoQuarters, startOfDay, workingDay } from '../calendar.js';
import { FIRST_QUARTER } from './first-quarter.js';
import { OPEN_BRANCH, OPEN_COMMITS } from './open-branch.js';
import { edited, type Files, forkOf, treesOf } from './replay.js';
import { SECOND_QUARTER } from './second-quarter.js';
import type { Author, PlannedCommit } from './story.js';

/** One commit of the example repository, with everything that git stores of it. */
export interface ExampleCommit {
  readonly key: string;
  /** Keys of its parents; a merge has two, main first. */
  readonly parents: readonly string[];
  /** Null on main, else the branch of the pull request it was made for. */
  readonly branch: string | null;
  readonly author: Author;
  readonly at: Date;
  /** `{sha}` stands for the commit that `reverts` names, known only once that is written. */
  readonly message: string;
  readonly reverts: string | null;
  /** The whole tree below `workflows/`, by file name. */
  readonly files: Files;
}

const FOLDER = fileURLToPath(new URL('../../../workflows/', import.meta.url));

/** The definitions that ship with the package: where the story ends. */
export function shippedFiles(): Files {
  const names = readdirSync(FOLDER)
    .filter((name) => name.endsWith('.yaml'))
    .sort();
  return new Map(names.map((name) => [name, readFileSync(`${FOLDER}${name}`, 'utf8')]));
}

/**
 * The history of the example repository, oldest first: the last two full quarters before the UTC day of `today`.
 * The same day gives the same list; its last tree is `final`.
 */
export function exampleCommits(today: Date, final: Files = shippedFiles()): readonly ExampleCommit[] {
  const quarters = lastTwoQuarters(today);
  const story = [...FIRST_QUARTER, ...SECOND_QUARTER];
  const trees = treesOf(story, final);
  return story.map((commit, position) => ({
    key: commit.key,
    parents: parentsOf(position, story),
    branch: commit.branch ?? null,
    author: commit.author,
    at: workingDay(quarters[commit.quarter - 1] ?? quarters[0], commit.day, commit.hour),
    message: `${commit.message.trim()}\n`,
    reverts: commit.reverts ?? null,
    files: trees.get(commit.key) ?? new Map(),
  }));
}

/** The commits of the branch that waits to be merged today, oldest first; the first one stands on the last of `exampleCommits`. */
export function openCommits(today: Date, final: Files = shippedFiles()): readonly ExampleCommit[] {
  const story = [...FIRST_QUARTER, ...SECOND_QUARTER];
  let [parent, files] = [story.at(-1)?.key ?? '', final];
  return OPEN_COMMITS.map(({ key, daysBefore, hour, author, message, changes }) => {
    const day = addWorkingDays(startOfDay(today), -daysBefore);
    files = edited(files, changes, key);
    const commit = {
      ...{ key, parents: [parent], branch: OPEN_BRANCH, author, files, reverts: null },
      at: new Date(day.getTime() + hour * 3_600_000),
      message: `${message.trim()}\n`,
    };
    parent = key;
    return commit;
  });
}

function parentsOf(position: number, story: readonly PlannedCommit[]): readonly string[] {
  const commit = story[position];
  const earlier = story.slice(0, position);
  if (!commit) return [];
  const lastOn = (branch: string | undefined) => earlier.findLast((each) => each.branch === branch)?.key;
  const first =
    commit.branch === undefined ? lastOn(undefined) : (lastOn(commit.branch) ?? forkOf(commit, story));
  const second = commit.merges === undefined ? undefined : lastOn(commit.merges);
  return [first, second].filter((key) => key !== undefined);
}
