import { createReadStream } from 'node:fs';
import { readFile, stat } from 'node:fs/promises';
import { createInterface } from 'node:readline';
import type { JWK } from 'jose';
import { z } from 'zod';
import type { PublishedCheckpoint } from '../application/audit-ports.js';
import { type AuditFields, auditText } from '../application/audit-text.js';
import { publicKeys } from '../application/signing-key.js';
import { anchorsOf, type AuditReport, verifyAudit, verifyChain } from '../application/verify-audit.js';
import { openCheckpointLog, openDatabase } from '../compose.js';
import type { Config } from '../config/config.js';
import type { LinkedText } from '../domain/audit/chain.js';
import { createLogger } from '../observability/logger.js';
import { complain, count, print, printJson, UsageError } from './output.js';

export interface VerifyAuditCommand {
  readonly fromFile?: string;
  readonly checkpoints?: string;
  readonly keys?: string;
  readonly format: string;
}

/** Longest between two signs of life. */
const SHOWN_EVERY = 100_000;

/** Prints whether the audit record is as it was written, and the first record that is not; true where all of it is. */
export async function verifyAuditCommand(config: Config, options: VerifyAuditCommand): Promise<boolean> {
  const { fromFile } = options;
  const report = await (fromFile === undefined
    ? verifyDatabase(config, options)
    : verifyFile(config, fromFile, options));
  const { records, checkpoints, wrong } = report;
  if (options.format === 'json') printJson({ ok: wrong === null, ...report });
  else if (wrong === null)
    print(`fine: ${count(records, 'record')} as they were written, by ${count(checkpoints, 'checkpoint')}`);
  else {
    const place = [
      ...(wrong.position === null ? [] : [`position ${wrong.position}`]),
      ...(wrong.record === null ? [] : [`record ${wrong.record}`]),
    ].join(', ');
    print(`${wrong.kind}${place === '' ? '' : ` at ${place}`}: ${wrong.message}`);
    print(`${count(records, 'record')} before that are as they were written`);
  }
  return wrong === null;
}

async function verifyDatabase(config: Config, options: VerifyAuditCommand): Promise<AuditReport> {
  const running = await openDatabase(config, createLogger(config.logLevel, process.stderr));
  try {
    const { inTransaction } = running.ports;
    const keys = options.keys === undefined ? await publicKeys(inTransaction) : await readKeys(options.keys);
    const published = await readPublished(config, options.checkpoints);
    return await verifyAudit(inTransaction, { keys, published, progress });
  } finally {
    await running.stop();
  }
}

async function verifyFile(
  config: Config,
  file: string,
  { checkpoints, keys }: VerifyAuditCommand,
): Promise<AuditReport> {
  if ((checkpoints === undefined) !== (keys === undefined))
    throw new UsageError(
      '--checkpoints and --keys go together: a checkpoint counts where its signature holds',
    );
  const tokens = ((await readPublished(config, checkpoints)) ?? []).map(({ token }) => token);
  const jwks = keys === undefined ? { keys: [] } : await readKeys(keys);
  const { anchors, forged } = await anchorsOf(tokens, jwks, 'the checkpoint');
  const report = await verifyChain(linksOf(file), anchors, progress);
  return { ...report, wrong: report.wrong ?? forged };
}

const progress = (records: number): void => {
  if (records % SHOWN_EVERY === 0) complain(`${records.toLocaleString('en')} records looked at`);
};

const exported = z.object({
  ...{ position: z.number(), hash: z.string() },
  record: z.looseObject({ id: z.string() }),
});

/** One line at a time, however long the file is. */
async function* linksOf(file: string): AsyncGenerator<LinkedText> {
  let number = 0;
  let records = 0;
  await stat(file).catch(() => {
    throw new UsageError(`--from-file: there is no file '${file}'`);
  });
  for await (const line of createInterface({ input: createReadStream(file), crlfDelay: Infinity })) {
    number += 1;
    if (line.trim() === '') continue;
    const parsed = exported.safeParse(parsedJson(line));
    if (!parsed.success)
      throw new UsageError(`${file}:${number} is no line of an export (GET /audit.ndjson)`);
    const { position, hash, record } = parsed.data;
    yield { position, hash, record: record.id, text: auditText(record as unknown as AuditFields) };
    records += 1;
  }
  if (records === 0) throw new UsageError(`${file} holds no record`);
}

function parsedJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

async function readKeys(file: string): Promise<{ keys: JWK[] }> {
  const text = await readFile(file, 'utf8').catch(() => '');
  const parsed = z.object({ keys: z.array(z.looseObject({ kty: z.string() })) }).safeParse(parsedJson(text));
  if (!parsed.success)
    throw new UsageError(
      `--keys takes a JSON Web Key Set, as /.well-known/jwks.json gives it, not '${file}'`,
    );
  return parsed.data;
}

/** From a file of checkpoints, one a line; from a repository; or, where they are published, from the configured one. */
async function readPublished(
  config: Config,
  place: string | undefined,
): Promise<PublishedCheckpoint[] | null> {
  if (place === undefined) return config.auditRef ? openCheckpointLog(config).read() : null;
  const isFile = (await stat(place).catch(() => null))?.isFile() ?? false;
  if (!isFile) return openCheckpointLog(config, place).read();
  const lines = (await readFile(place, 'utf8')).split('\n').filter((each) => each.trim() !== '');
  return lines.map((token) => ({ commit: place, token: token.trim() }));
}
