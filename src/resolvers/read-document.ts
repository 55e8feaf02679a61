import { type DocumentNode, GraphQLError, parse } from 'graphql';
import { MAX_COMPARISONS, MAX_DOCUMENT_LENGTH, MAX_TOKENS } from '../schema/limits.js';
import { comparisonsOf } from './document-comparisons.js';

/**
 * The document of a text that can be validated in no time.
 * @throws GraphQLError where it is no GraphQL, or asks for more than `limits`
 */
export function readDocument(text: string): DocumentNode {
  if (text.length > MAX_DOCUMENT_LENGTH) {
    throw limit(`the document has more than ${MAX_DOCUMENT_LENGTH} characters; send contents in variables`);
  }
  const document = parse(text, { maxLexicalTokens: MAX_TOKENS });
  if (comparisonsOf(document) > MAX_COMPARISONS) {
    throw limit(
      `the document has more than ${MAX_COMPARISONS} fields and pairs of fields that ask for the same; ` +
        'ask for each once, or in several requests',
    );
  }
  return document;
}

const limit = (message: string): GraphQLError =>
  new GraphQLError(message, { extensions: { code: 'LIMIT_EXCEEDED' } });
