// Refuses a breaking change of the API that CHANGELOG.md does not name, and a deprecation that gives no way out.
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { buildSchema } from 'graphql';
import { breakingChanges, unsoundDeprecations, unnamed } from './schema-rules.js';

const FILE = 'src/schema/schema.graphql';
const git = (...words) =>
  execFileSync('git', words, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] });
const shown = (ref) => {
  try {
    return git('show', `${ref}:${FILE}`);
  } catch {
    return null;
  }
};

const now = readFileSync(FILE, 'utf8');
// Before a commit, what is about to be committed; after it (and in CI), what the last commit or merge brought.
const base = process.argv[2] ?? (shown('HEAD') === now ? 'HEAD^1' : 'HEAD');
const before = shown(base);
const problems = unsoundDeprecations(buildSchema(now), new Date()).map(
  ({ path, reason }) => `${path}: '${reason}' does not read "Use X. Removal on YYYY-MM-DD", at a day to come`,
);
if (before === null) {
  process.stdout.write(`schema: nothing to compare with (${base} has no ${FILE})\n`);
} else {
  const changelog = readFileSync('CHANGELOG.md', 'utf8');
  const breaking = await breakingChanges(buildSchema(before), buildSchema(now));
  problems.push(
    ...unnamed(breaking, changelog).map(
      ({ path, message }) =>
        `${path}: ${message} Breaking: name \`${path}\` in CHANGELOG.md under "Unreleased".`,
    ),
  );
}
for (const problem of problems) process.stderr.write(`schema: ${problem}\n`);
process.exitCode = problems.length > 0 ? 1 : 0;
