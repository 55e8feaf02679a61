// The language: checking 10,000 definitions beside parsing the same text with the yaml package, memory by size of the
// repository, and the cold start of `weir validate` beside that of a program that only parses the file.
import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { figure } from './figures.js';

const ROOT = path.resolve(import.meta.dirname, '..');
const WEIR = path.join(ROOT, 'dist/main.js');
const PARSE = path.join(import.meta.dirname, 'parse-yaml.js');
const DEFINITIONS = Number(process.env.BENCH_DEFINITIONS ?? 10_000);
const ROUNDS = 9;
/** Makes a program tell its peak memory when it ends. */
const REPORT = `data:text/javascript,${encodeURIComponent(
  "process.on('exit', () => process.stderr.write(`peak ${process.resourceUsage().maxRSS}\\n`))",
)}`;

const directory = mkdtempSync(path.join(os.tmpdir(), 'weir-bench-'));
try {
  const whole = repositoryOf(DEFINITIONS);
  const parsed = measure(PARSE, whole);
  const checked = measure(WEIR, 'validate', whole);
  row(`${DEFINITIONS} definitions`, 'seconds', 'peak MB');
  row('yaml: parse', parsed.seconds.toFixed(1), parsed.megabytes.toFixed(0));
  row('weir validate', checked.seconds.toFixed(1), checked.megabytes.toFixed(0));
  row('  ratio of time, at most 3', (checked.seconds / parsed.seconds).toFixed(2));
  const ratio = checked.seconds / parsed.seconds;
  figure(
    `validating ${DEFINITIONS} definitions`,
    `${checked.seconds.toFixed(1)} s, ${ratio.toFixed(2)} times parsing their YAML`,
    'at most 3 times',
    ratio <= 3,
  );
  // Memory that nobody needs is given back late, so what counts is that so little is enough for any number of files.
  const quarter = repositoryOf(DEFINITIONS / 4);
  for (const [name, folder] of [
    ['a quarter', quarter],
    ['all', whole],
  ]) {
    const { megabytes } = measure('--max-old-space-size=80', WEIR, 'validate', folder);
    row(`  ${name} of them in a heap of 80 MB`, '', megabytes.toFixed(0));
    figure(`the peak of validating ${name} of them in a heap of 80 MB`, `${megabytes.toFixed(0)} MiB`);
  }

  const file = path.join(ROOT, 'workflows/product-launch.yaml');
  const rounds = Array.from({ length: ROUNDS }, () => [
    measure(PARSE, file).seconds,
    measure(WEIR, 'validate', file).seconds,
  ]);
  const [yaml, weir] = [0, 1].map((side) => median(rounds.map((round) => round[side])));
  row('one file, cold', 'seconds');
  row('yaml: parse', yaml.toFixed(3));
  row('weir validate', weir.toFixed(3));
  row('  ratio, at most 5', (weir / yaml).toFixed(2));
  figure(
    'validating one file, from a cold start',
    `${weir.toFixed(3)} s, ${(weir / yaml).toFixed(2)} times a program that parses it`,
    'at most 5 times',
    weir / yaml <= 5,
  );
} finally {
  rmSync(directory, { recursive: true, force: true });
}

/** The definitions of the example over and over, each under an id of its own. */
function repositoryOf(count) {
  const folder = mkdtempSync(path.join(directory, 'repository-'));
  const source = path.join(ROOT, 'workflows');
  const texts = [];
  for (const name of readdirSync(source).filter((each) => each.endsWith('.yaml'))) {
    const text = readFileSync(path.join(source, name), 'utf8');
    if (/^kind: Workflow$/m.test(text)) texts.push(text);
    else copyFileSync(path.join(source, name), path.join(folder, name));
  }
  for (let number = 0; number < count; number++) {
    const text = texts[number % texts.length].replace(/^id: (.*)$/m, `id: $1-${number}`);
    writeFileSync(path.join(folder, `w${number}.yaml`), text);
  }
  return folder;
}

/** How long a program takes from its start to its end, and how much memory it needs at most. */
function measure(...command) {
  const begin = process.hrtime.bigint();
  const { stdout, stderr } = spawnSync(process.execPath, ['--import', REPORT, ...command], {
    encoding: 'utf8',
  });
  const seconds = Number(process.hrtime.bigint() - begin) / 1e9;
  const [, kilobytes] = /peak (\d+)/.exec(stderr) ?? [];
  if (kilobytes === undefined)
    throw new Error(`${command.join(' ')} failed:\n${stdout.slice(-500)}${stderr}`);
  return { seconds, megabytes: Number(kilobytes) / 1_024 };
}

function median(values) {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)];
}
function row(name, ...values) {
  console.log(name.padEnd(44), ...values.map((value) => String(value).padStart(10)));
}
