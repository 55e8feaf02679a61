import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { z } from 'zod';

/** `{hash: text}`, as the Relay compiler and codegen's client preset write it, or Apollo's operation manifest. */
const manifest = z.union([
  z.object({
    format: z.literal('apollo-persisted-query-manifest'),
    operations: z.array(z.object({ id: z.string(), body: z.string() })),
  }),
  z.record(z.string(), z.string()),
]);

/** A manifest that cannot be read. */
export class ManifestError extends Error {
  override readonly name = 'ManifestError';
}

/** What became of a request's document. */
export type Resolved =
  | { readonly request: Record<string, unknown> }
  | { readonly code: 'DOCUMENT_NOT_FOUND' | 'DOCUMENT_NOT_TRUSTED'; readonly message: string };

/** Documents that may be asked for by their hash, and, in allow-list mode, the only ones that may be asked at all. */
export class TrustedDocuments {
  readonly #texts: ReadonlyMap<string, string>;
  readonly #known: ReadonlySet<string>;

  /** @param only whether every other document is refused */
  constructor(
    texts: Iterable<readonly [hash: string, text: string]>,
    private readonly only: boolean,
  ) {
    this.#texts = new Map([...texts].map(([hash, text]) => [withoutPrefix(hash), text]));
    this.#known = new Set(this.#texts.values());
  }

  /** Whether a text is that of one of these. */
  knows(text: string): boolean {
    return this.#known.has(text);
  }

  /**
   * Puts the text of a document in the place of its hash. The hash comes as `documentId`, with or without the
   * prefix `sha256:` (GraphQL over HTTP, appendix A), or as `extensions.persistedQuery.sha256Hash`.
   */
  resolve(request: Record<string, unknown>): Resolved {
    const { documentId, ...rest } = request;
    if (typeof documentId === 'string') {
      const text = this.#texts.get(withoutPrefix(documentId));
      if (text !== undefined) return { request: { ...rest, query: text } };
      const message = `no trusted document has the id '${documentId.slice(0, 100)}'`;
      return { code: 'DOCUMENT_NOT_FOUND', message };
    }
    const persisted = this.#texts.get(persistedHash(request) ?? '');
    if (persisted !== undefined) return { request: { ...request, query: persisted } };
    if (!this.only || (typeof request['query'] === 'string' && this.#known.has(request['query']))) {
      return { request };
    }
    return { code: 'DOCUMENT_NOT_TRUSTED', message: 'this server only answers documents of its allow-list' };
  }
}

const withoutPrefix = (hash: string): string => hash.replace(/^sha256:/, '');

function persistedHash({ extensions }: Record<string, unknown>): string | null {
  const given = typeof extensions === 'string' ? parseObject(extensions) : extensions;
  const hash = (given as { persistedQuery?: { sha256Hash?: unknown } } | null | undefined)?.persistedQuery
    ?.sha256Hash;
  return typeof hash === 'string' ? hash : null;
}

function parseObject(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

/** @throws ManifestError naming the file that cannot be read */
export async function readManifests(paths: readonly string[]): Promise<[string, string][]> {
  const lists = await Promise.all(paths.map(readManifest));
  return lists.flat();
}

async function readManifest(path: string): Promise<[string, string][]> {
  try {
    const found = manifest.parse(JSON.parse(await readFile(path, 'utf8')));
    const { format, operations } = found;
    if (typeof format === 'string' && Array.isArray(operations)) {
      return operations.map(({ id, body }) => [id, body]);
    }
    return Object.entries(found as Record<string, string>);
  } catch (error) {
    const why = error instanceof z.ZodError ? 'it is not a map from hash to document' : String(error);
    throw new ManifestError(`cannot read the trusted documents of ${path}: ${why}`, { cause: error });
  }
}

/** A document of our own with its SHA-256. */
export const hashed = (text: string): [string, string] => [
  createHash('sha256').update(text).digest('hex'),
  text,
];
