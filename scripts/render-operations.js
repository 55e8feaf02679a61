// The dashboard's operations, typed against the schema: what codegen makes of src/dashboard/**/*.graphql.
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { codegen } from '@graphql-codegen/core';
import * as typedDocumentNode from '@graphql-codegen/typed-document-node';
import * as operations from '@graphql-codegen/typescript-operations';
import { buildSchema, parse } from 'graphql';
import { hashed } from '../dist/http/documents.js';

const ROOT = 'src/dashboard';
const text = { input: 'string', output: 'string' };
const config = {
  documentMode: 'string',
  dedupeFragments: true,
  useTypeImports: true,
  enumsAsTypes: true,
  skipTypename: true,
  avoidOptionals: { field: true },
  scalars: {
    ...{ ID: text, DateTimeISO: text, Duration: text, LocalDate: text, TimeZone: text },
    ...{
      JSON: 'unknown',
      JSONObject: { input: 'Record<string, unknown>', output: 'Record<string, unknown>' },
    },
  },
  // The client throws where an answer has errors, so that what is only null then never is.
  nullability: { errorHandlingClient: true },
};

/** @returns {Promise<{ types: string, manifest: string }>} the module, and every document by its SHA-256 */
export async function renderOperations(schema) {
  const files = readdirSync(ROOT, { recursive: true })
    .filter((name) => name.endsWith('.graphql'))
    .sort();
  const documents = files.map((name) => ({
    location: name,
    document: parse(readFileSync(path.join(ROOT, name), 'utf8')),
  }));
  const built = buildSchema(schema);
  const plugins = [{ 'typescript-operations': {} }, { 'typed-document-node': {} }];
  const types = await codegen({
    schema: parse(schema),
    schemaAst: built,
    documents,
    config,
    filename: 'operations.ts',
    plugins,
    pluginMap: { 'typescript-operations': operations, 'typed-document-node': typedDocumentNode },
  });
  return {
    types: `// Written by \`npm run generate\` from the .graphql files; not to be changed by hand.\n${withHashes(types)}`,
    manifest: manifestOf(types),
  };
}

/** Queries say their name and their hash, by which they are asked for. */
const withHashes = (types) =>
  types.replaceAll(/new TypedDocumentString\(`(\s*query (\w+)[^`]*)`\)/g, (_, text, name) => {
    const [hash] = hashed(text.trim());
    return `new TypedDocumentString(\`${text}\`, ${JSON.stringify({ name, hash })})`;
  });

/** The texts as the module has them, which are those that are sent. */
function manifestOf(types) {
  const texts = [...types.matchAll(/new TypedDocumentString\(`([^`]*)`/g)].map(([, each]) => each.trim());
  const entries = texts.filter((each) => !each.startsWith('fragment')).map(hashed);
  return `${JSON.stringify(Object.fromEntries(entries), null, 2)}\n`;
}
