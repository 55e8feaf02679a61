import { randomUUID } from 'node:crypto';
import { readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import type { Place, Problem } from '../domain/problem.js';
import type { FolderCheck } from '../gitops/document/check-files.js';
import { UsageError } from './output.js';

/** Mending one thing can show another; more rounds than this mean that two fixes undo each other. */
const MAX_ROUNDS = 10;

export interface Fixed extends Place {
  readonly code: string;
  readonly text: string;
}

/**
 * Applies the fixes of problems to the files until there are none left that help. A file whose errors become more keeps
 * its text.
 * @param check finds the problems of the files as they are now
 */
export async function applyFixes(
  check: () => Promise<FolderCheck>,
): Promise<{ found: FolderCheck; fixed: Fixed[] }> {
  const fixed: Fixed[] = [];
  const hopeless = new Set<string>();
  let found = await check();
  for (let round = 0; round < MAX_ROUNDS; round++) {
    const byFile = fixesByFile(found.problems.filter(({ file }) => !hopeless.has(file)));
    if (byFile.size === 0) break;
    const before = new Map<string, string>();
    for (const [file, fixes] of byFile) {
      const text = await readFile(file, 'utf8');
      before.set(file, text);
      await replaceFile(file, mend(text, fixes));
    }
    const after = await check();
    for (const [file, fixes] of byFile) {
      if (errorsIn(after, file) <= errorsIn(found, file)) fixed.push(...fixes);
      else {
        hopeless.add(file);
        await replaceFile(file, before.get(file) ?? '');
      }
    }
    found = hopeless.size === 0 ? after : await check();
  }
  return { found, fixed };
}

const errorsIn = ({ problems }: FolderCheck, file: string): number =>
  problems.filter((problem) => problem.file === file && problem.severity === 'error').length;

/** The fixes of each file that do not overlap, in order; what is left over has its turn in the next round. */
function fixesByFile(problems: readonly Problem[]): Map<string, Fixed[]> {
  const byFile = new Map<string, Fixed[]>();
  for (const { code, fix } of problems) {
    if (!fix) continue;
    const before = byFile.get(fix.file) ?? [];
    const last = before.at(-1);
    if (last && (last.endLine > fix.line || (last.endLine === fix.line && last.endColumn > fix.column)))
      continue;
    byFile.set(fix.file, [...before, { code, ...fix }]);
  }
  return byFile;
}

function mend(text: string, fixes: readonly Fixed[]): string {
  const starts = [0];
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) starts.push(at + 1);
  const offset = (line: number, column: number) => (starts[line - 1] ?? text.length) + column - 1;
  return fixes.reduceRight(
    (mended, { line, column, endLine, endColumn, text: now }) =>
      mended.slice(0, offset(line, column)) + now + mended.slice(offset(endLine, endColumn)),
    text,
  );
}

/** Replaces the file as a whole, so that nobody reads half of it and a full disk loses nothing. */
async function replaceFile(file: string, text: string): Promise<void> {
  const draft = `${file}.${randomUUID()}`;
  try {
    await writeFile(draft, text, { mode: (await stat(file)).mode });
    await rename(draft, file);
  } catch (error) {
    await rm(draft, { force: true });
    throw new UsageError(
      `${file} cannot be mended: ${error instanceof Error ? error.message : String(error)}`,
    );
  }
}
