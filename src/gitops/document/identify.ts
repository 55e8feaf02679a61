import { finding, type FindingDetails, type Path, type Place, type Problem } from '../../domain/problem.js';
import type { FindingCode } from '../../domain/findings.js';
import { nearest } from '../../domain/suggestion.js';
import { DEFINITION_KINDS, type DefinitionKind } from '../../domain/workflow/document.js';
import { type ParsedDocument, type ParsedFile, parseYaml } from './parse-yaml.js';
import { place, problemOf } from './place.js';
import { findSecrets } from './secrets.js';
import { Source } from './source.js';

export interface SourceFile {
  readonly path: string;
  readonly text: string;
}

/** Parses a file, as far as it claims to be one of ours. */
export function parseFile(file: SourceFile): ParsedFile {
  if (!looksLikeWeir(file.text)) return notWeir(file);
  const parsed = parseYaml(file.path, file.text);
  return { ...parsed, problems: [...parsed.problems, ...findSecrets(new Source(file.path, file.text))] };
}

/**
 * Folders hold other people's YAML too; a file that claims nothing of ours is not parsed at all. A file in UTF-16 has
 * U+0000 between its letters.
 */
function looksLikeWeir(text: string): boolean {
  const plain = text.includes('\0') ? text.replaceAll('\0', '') : text;
  return (
    /\w['"]?\s*:\s*['"]?weir\/v/.test(plain) ||
    /\bkind['"]?\s*:\s*['"]?(Workflow|Team|Taxonomy|Policy|Library)\b/.test(plain)
  );
}

const notWeir = ({ path: file, text }: SourceFile): ParsedFile => ({
  documents: [],
  problems: [
    {
      ...problemOf('W_NOT_WEIR', 'this file is not a Weir definition and is left out', {
        source: new Source(file, text),
        from: 0,
        to: 0,
      }),
      hint: "a definition begins with 'apiVersion: weir/v1' and a 'kind'",
    },
  ],
  lost: [],
});

/** A document of which it is known what it is. */
export interface Identified {
  readonly kind: DefinitionKind;
  readonly key: string;
  readonly document: ParsedDocument;
}

/**
 * What a document is; nothing, and a problem, when that cannot be told.
 * @param lost takes the id of such a document, so that what refers to it is not reported too
 */
export function identify(document: ParsedDocument, problems: Problem[], lost: Set<string>): Identified[] {
  const fail = (code: FindingCode, message: string, path: Path, details: FindingDetails = {}): never[] => {
    problems.push(place(document, finding(code, message, path, details)));
    const { id } = (document.value ?? {}) as { id?: unknown };
    if (typeof id === 'string') lost.add(id);
    return [];
  };
  const { value } = document;
  // A separator at the end of a file begins nothing.
  const isLast = document.span.from >= document.source.text.trimEnd().length;
  if (value === null && isLast && document.span.from > 4) return [];
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    return fail('E_NOT_A_MAP', 'a definition is a map of keys and values', [], {
      hint: "it begins with 'apiVersion: weir/v1'",
    });
  }
  const { id } = value as Record<string, unknown>;
  // Under a misspelt key they are as good: that it is misspelt is found with all the rest.
  const [apiVersion, kind] = ['apiVersion', 'kind'].map((key) => meantBy(value, key));
  const known = DEFINITION_KINDS.find((each) => each === kind);
  if (apiVersion !== 'weir/v1') {
    if (typeof apiVersion === 'string' && !/weir|^v?1$/i.test(apiVersion)) {
      return fail('W_NOT_WEIR', `'${apiVersion}' is not an apiVersion of Weir; this document is left out`, [
        'apiVersion',
      ]);
    }
    if (apiVersion === undefined) {
      return fail('E_API_VERSION', "the key 'apiVersion' is missing", known ? ['kind'] : [], {
        hint: "add 'apiVersion: weir/v1'",
      });
    }
    return fail('E_API_VERSION', `unknown apiVersion ${JSON.stringify(apiVersion)}`, ['apiVersion'], {
      hint: 'this version of Weir reads weir/v1',
      ...(typeof apiVersion === 'string' ? { replacement: 'weir/v1' } : {}),
    });
  }
  if (!known) {
    const meant = typeof kind === 'string' ? nearest(kind, DEFINITION_KINDS) : null;
    const message = kind === undefined ? "the key 'kind' is missing" : `unknown kind ${JSON.stringify(kind)}`;
    const possible = `possible: ${DEFINITION_KINDS.join(', ')}`;
    return fail('E_KIND', message, [kind === undefined ? 'apiVersion' : 'kind'], {
      ...(meant === null ? { hint: possible } : { hint: `did you mean '${meant}'?`, replacement: meant }),
    });
  }
  // Without an id of its own a document still has contents that can be checked.
  return [{ kind: known, key: typeof id === 'string' && id !== '' ? id : '', document }];
}

/** The value of a key, or of the one that is nearest to it. */
function meantBy(map: object, key: string): unknown {
  const name = Object.hasOwn(map, key) ? key : Object.keys(map).find((each) => nearest(each, [key]) !== null);
  return name === undefined ? undefined : (map as Record<string, unknown>)[name];
}

/** Which documents there are so far: an id names one document of its kind in the whole repository. */
export class Register {
  readonly #first = new Map<string, Place>();

  /** Whether the document is the first of its name; a problem when it is not. */
  admit({ kind, key, document }: Identified, problems: Problem[]): boolean {
    if (key === '') return true;
    // A copy: the key is cut out of the file's text, and would keep the whole of it in memory.
    const name = Buffer.from(`${kind} ${key}`).toString();
    const { file, line, column, endLine, endColumn } = place(document, finding('E_DUPLICATE_ID', '', ['id']));
    const before = this.#first.get(name);
    if (!before) {
      this.#first.set(name, { file, line, column, endLine, endColumn });
      return true;
    }
    const message = `${kind} '${key}' is already defined at ${before.file}:${before.line}`;
    problems.push({
      ...place(document, finding('E_DUPLICATE_ID', message, ['id'])),
      related: [{ ...before, message: 'first defined here' }],
    });
    return false;
  }

  /** Keys of the workflows so far. */
  get workflows(): string[] {
    return [...this.#first.keys()].flatMap((name) =>
      name.startsWith('Workflow ') ? [name.slice('Workflow '.length)] : [],
    );
  }
}
