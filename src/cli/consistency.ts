import { readFile, stat } from 'node:fs/promises';
import { IANAZone } from 'luxon';
import { parse } from 'yaml';
import { z } from 'zod';
import { briefAsText, coverageOf } from '../domain/alignment/brief.js';
import { consistencyOf, type Consistency, type Text } from '../domain/alignment/consistency.js';
import { BRIEF, type Remark, remarksOn } from '../domain/alignment/remarks.js';
import { toneNamed } from '../domain/alignment/tone.js';
import { complain, count, print, printJson, UsageError } from './output.js';

export interface ConsistencyCommand {
  readonly format: string;
}

/** Larger files hold no texts of a campaign. */
const MAX_BYTES = 50_000_000;
const MAX_TEXTS = 5_000;
const MAX_TEXT = 1_000_000;
/** Aliases of a YAML file may not make it many times larger. */
const MAX_ALIASES = 100;

const asset = z.strictObject({
  id: z.string().min(1).max(200),
  channel: z.string().min(1).max(200),
  text: z.string().max(MAX_TEXT),
  publishedAt: z.iso.datetime({ offset: true }).optional(),
});
const field = z.union([z.string(), z.number().transform(String), z.array(z.string())]);
const campaign = z.strictObject({
  brief: z.record(z.string(), field).default({}),
  timezone: z
    .string()
    .refine((zone) => IANAZone.isValidZone(zone), 'is no time zone such as Europe/Berlin')
    .default('UTC'),
  products: z.array(z.string().min(1)).default([]),
  assets: z.array(asset).max(MAX_TEXTS),
});
const list = z
  .array(asset)
  .max(MAX_TEXTS)
  .transform((assets) => ({ brief: {}, timezone: 'UTC', products: [], assets }));
type Campaign = z.infer<typeof campaign>;

/** Compares the texts of a file; false when they contradict each other, or the file is none. */
export async function consistency(file: string, { format }: ConsistencyCommand): Promise<boolean> {
  const read = await loadTexts(file);
  if (!read) return false;
  const { brief, timezone, products, assets } = read;
  const texts: Text[] = assets.map(({ publishedAt, ...text }) => ({
    ...text,
    publishedAt: publishedAt === undefined ? null : new Date(publishedAt),
  }));
  const all = Object.keys(brief).length > 0 ? [briefAsText(brief), ...texts] : texts;
  const result = consistencyOf(all, { timezone, products });
  const messages = [brief['keyMessages'] ?? []].flat();
  const coverage = coverageOf(texts, messages, 'key-message');
  const tones = toneRemarks(result, [brief['tone'] ?? []].flat());
  const remarks = remarksOn(result);
  if (format === 'json')
    printJson({
      ...result,
      pairs: result.pairs(),
      remarks,
      ...(messages.length > 0 && { coverage }),
      toneRemarks: tones,
    });
  else print(renderConsistency(result, remarks, texts.length, [...tones, ...coverageRemarks(coverage)]));
  return result.contradictionCount === 0 && tones.length === 0;
}

async function loadTexts(file: string): Promise<Campaign | null> {
  const { size } = await stat(file).catch(() => {
    throw new UsageError(`there is no file ${file}`);
  });
  if (size > MAX_BYTES) return problem(file, [`it has ${size} bytes; ${MAX_BYTES} are read at most`]);
  let content: unknown;
  try {
    content = parse(await readFile(file, 'utf8'), { maxAliasCount: MAX_ALIASES });
  } catch (error) {
    return problem(file, [error instanceof Error ? (error.message.split('\n')[0] ?? '') : String(error)]);
  }
  const { success, data, error } = (Array.isArray(content) ? list : campaign).safeParse(content);
  if (!success) {
    return problem(
      file,
      error.issues.map(({ path, message }) => `${path.length === 0 ? 'it' : path.join('.')}: ${message}`),
    );
  }
  const ids = data.assets.map(({ id }) => id);
  const twice = ids.find((id, at) => ids.indexOf(id) !== at);
  if (twice !== undefined) return problem(file, [`two texts have the id '${twice}'`]);
  if (ids.includes(BRIEF) && Object.keys(data.brief).length > 0)
    return problem(file, [`'${BRIEF}' names the brief`]);
  return data;
}

/** So many problems are told; who mends these sees the rest. */
const MOST_PROBLEMS = 10;

function problem(file: string, messages: readonly string[]): null {
  for (const message of messages.slice(0, MOST_PROBLEMS)) complain(`${file}: ${message}`);
  complain(
    `${file} should be a list of {id, channel, text}, or {brief, timezone, products, assets: that list}`,
  );
  return null;
}

/** Texts whose tone is not that of the brief (R73). */
function toneRemarks({ tones }: Consistency, [wanted]: readonly string[]): string[] {
  const tone = wanted === undefined ? null : toneNamed(wanted);
  return tones.flatMap(({ id, tone: own }) =>
    tone !== null && own !== null && own !== tone && id !== BRIEF
      ? [`tone: the brief asks for ${wanted ?? ''}, and '${id}' is ${own}`]
      : [],
  );
}

const coverageRemarks = (coverage: ReturnType<typeof coverageOf>): string[] =>
  coverage.flatMap(({ id, covered, missing, unknown }) =>
    missing.length === 0
      ? unknown.length === 0
        ? []
        : [`key messages: '${id}' is in another language than ${unknown.length} of them: could not be told`]
      : [
          `key messages: '${id}' says ${covered.length} of ${covered.length + missing.length}; missing: ${missing.join('; ')}`,
        ],
  );

const QUOTED = 60;

function renderConsistency(
  result: Consistency,
  remarks: readonly Remark[],
  texts: number,
  others: readonly string[],
): string {
  const { score, facts, notes, contradictionCount } = result;
  const verdict =
    score === null
      ? 'nothing could be compared'
      : `score ${score.toFixed(2)}, ${contradictionCount === 0 ? 'no contradiction' : count(contradictionCount, 'contradicting pair')}`;
  return [
    `${count(texts, 'text')}, ${count(facts.length, 'fact')}: ${verdict}`,
    ...remarks.flatMap(({ message, sides }) => [
      '',
      `  ${message}`,
      ...sides.map(
        ({ places: [place] }) =>
          `    ${place?.id ?? ''}: “${place && place.text.length > QUOTED ? `${place.text.slice(0, QUOTED)}…` : (place?.text ?? '')}”`,
      ),
    ]),
    ...(others.length > 0 ? ['', ...others.map((other) => `  ${other}`)] : []),
    ...(notes.length > 0 ? ['', ...notes.slice(0, MOST_PROBLEMS).map((note) => `  note: ${note}`)] : []),
  ].join('\n');
}
