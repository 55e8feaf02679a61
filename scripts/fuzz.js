// Reads broken documents without end, looking for one that makes the language throw, hang or keep memory:
//   npm run fuzz -- [--seed 1] [--documents 100000] [--seconds 600]
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { readDefinitions } from '../dist/gitops/document/read.js';
import { misreading, mutants } from './mutations.js';

const { values: given } = parseArgs({
  options: {
    seed: { type: 'string', default: '1' },
    documents: { type: 'string', default: '100000' },
    seconds: { type: 'string', default: '3600' },
  },
});
const [seed, documents, seconds] = [given.seed, given.documents, given.seconds].map(Number);
const TODAY = '2026-11-23';
const SLOW_MS = 1_000;
const GROWTH_MB = 64;
const REPRODUCTIONS = 'coverage/fuzz';

const yamlIn = (folder) =>
  readdirSync(folder)
    .filter((name) => name.endsWith('.yaml'))
    .map((name) => path.join(folder, name));
const load = (file) => ({ path: file, text: readFileSync(file, 'utf8') });
const texts = [
  'workflows',
  'tests/fixtures',
  'tests/fixtures/broken',
  'tests/fixtures/broken/bases',
  'starter/workflows',
]
  .flatMap(yamlIn)
  .map((file) => load(file).text);
const beside = ['workflows/team.yaml', 'workflows/taxonomy.yaml', 'tests/fixtures/product-launch.yaml'].map(
  load,
);
const parsed = new Map();
readDefinitions(beside, TODAY, parsed);

setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc');
const heapMb = () => {
  collect();
  return process.memoryUsage().heapUsed / 2 ** 20;
};

let [failures, read, slowest] = [0, 0, 0];
const codes = new Map();
let settledMb = null;
const started = Date.now();
const step = Math.max(1, Math.floor(documents / 20));
console.log(`fuzz: seed ${seed}, ${documents} documents made from ${texts.length}`);
for (const text of mutants(seed, texts)) {
  if (read >= documents || Date.now() - started > seconds * 1_000) break;
  readOne({ path: 'mutant.yaml', text }, read % 2 === 0 ? [] : beside);
  read += 1;
  if (read % step === 0) report();
}
console.log(
  `fuzz: ${read} documents, ${failures} failures, slowest ${slowest.toFixed(0)} ms, ${codes.size} codes: ${[...codes.keys()].sort().join(' ')}`,
);
process.exitCode = failures > 0 ? 1 : 0;

function readOne(file, others) {
  const from = process.cpuUsage();
  try {
    const { problems } = readDefinitions([file, ...others], TODAY, new Map(parsed));
    for (const { code } of problems) codes.set(code, (codes.get(code) ?? 0) + 1);
    const wrong = misreading(file.path, file.text, problems);
    if (wrong !== null) fail(file, wrong);
  } catch (error) {
    fail(file, error.stack);
  }
  // Time of this process alone: what else the machine does is none of the language's doing.
  const { user, system } = process.cpuUsage(from);
  const took = (user + system) / 1_000;
  slowest = Math.max(slowest, took);
  if (took > SLOW_MS) fail(file, `took ${took.toFixed(0)} ms`);
}

function report() {
  const now = heapMb();
  console.log(
    `fuzz: ${read} read, ${failures} failures, ${now.toFixed(1)} MB, ${((Date.now() - started) / 1_000).toFixed(0)} s`,
  );
  // The first quarter fills what is kept on purpose.
  if (read >= documents / 4) settledMb ??= now;
  if (settledMb !== null && now > settledMb + GROWTH_MB) {
    failures += 1;
    console.error(`fuzz: memory grew from ${settledMb.toFixed(1)} to ${now.toFixed(1)} MB`);
    settledMb = now;
  }
}

/** Saves what it takes to see it again. */
function fail({ text }, why) {
  failures += 1;
  mkdirSync(REPRODUCTIONS, { recursive: true });
  const saved = path.join(REPRODUCTIONS, `seed-${seed}-document-${read}.yaml`);
  writeFileSync(saved, text);
  if (failures <= 20) console.error(`fuzz: seed ${seed}, document ${read}, saved as ${saved}: ${why}`);
}
