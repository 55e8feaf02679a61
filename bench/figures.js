// Figures of the benches for one table of all of them.
import { appendFileSync, existsSync, readFileSync } from 'node:fs';

/** Where they are gathered when `run.js` runs several benches. */
const FILE = process.env.BENCH_FIGURES;

/**
 * @param value as it is shown, with its unit
 * @param wanted what was wanted of it, in words; without it nothing was
 */
export function figure(what, value, wanted = null, isReached = true) {
  if (FILE !== undefined) appendFileSync(FILE, `${JSON.stringify({ what, value, wanted, isReached })}\n`);
}

/** All that were gathered, as a table. */
export function tableOfFigures(file) {
  if (!existsSync(file)) return '';
  const lines = readFileSync(file, 'utf8').trim().split('\n');
  const rows = lines.map((line) => JSON.parse(line)).map(rowOf);
  return ['| what | measured | wanted | reached |', '| --- | --- | --- | --- |', ...rows].join('\n');
}

const rowOf = ({ what, value, wanted, isReached }) =>
  `| ${what} | ${value} | ${wanted ?? '–'} | ${wanted === null ? '–' : isReached ? 'yes' : '**no**'} |`;
