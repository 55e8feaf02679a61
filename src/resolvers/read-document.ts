import { type DocumentNode, GraphQLError, parse } from 'graphql';
import { LRUCache } from 'lru-cache';
import { MAX_COMPARISONS, MAX_DOCUMENT_LENGTH, MAX_TOKENS } from '../schema/limits.js';
import { comparisonsOf } from './document-comparisons.js';

/** By their texts, those asked last: a page asks the same again and again. */
const documents = new LRUCache<string, DocumentNode>({
  max: 1_000,
  // In characters; a document takes some twenty times as many bytes as its text.
  maxSize: 1_000_000,
  sizeCalculation: (_document, text) => Math.max(1, text.length),
});

/**
 * The document of a text that can be validated in no time.
 * @throws GraphQLError where it is no GraphQL, or asks for more than `limits`
 */
export function readDocument(text: string): DocumentNode {
  if (text.length > MAX_DOCUMENT_LENGTH) {
    throw limit(`the document has more than ${MAX_DOCUMENT_LENGTH} characters; send contents in variables`);
  }
  const known = documents.get(text);
  if (known) return known;
  const document = parse(text, { maxLexicalTokens: MAX_TOKENS });
  if (comparisonsOf(document) > MAX_COMPARISONS) {
    throw limit(
      `the document has more than ${MAX_COMPARISONS} fields and pairs of fields that ask for the same; ` +
        'ask for each once, or in several requests',
    );
  }
  documents.set(text, document);
  return document;
}

const limit = (message: string): GraphQLError =>
  new GraphQLError(message, { extensions: { code: 'LIMIT_EXCEEDED' } });
