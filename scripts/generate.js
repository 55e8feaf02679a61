// Writes what is generated from the code, or with --check fails when a committed file is not what would be written.
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { printSchemaWithDirectives } from '@graphql-tools/utils';
import { lexicographicSortSchema } from 'graphql';
import { drawDiagram } from '../dist/application/draw-diagram.js';
import { definitionJsonSchema } from '../dist/gitops/document/json-schema.js';
import { readDefinitions } from '../dist/gitops/document/read.js';
import { REFUSALS } from '../dist/domain/campaign/refusal.js';
import { ERRORS } from '../dist/http/error-codes.js';
import { buildApiSchema } from '../dist/resolvers/build-schema.js';
import { renderErrors } from './render-errors.js';

/** The picture of an example, as documentation shows it. */
async function picture(path) {
  const { definitions } = readDefinitions([{ path, text: readFileSync(path, 'utf8') }], '2026-01-05');
  return drawDiagram(definitions[0].meaning, 'svg');
}

const files = {
  'src/schema/schema.graphql': `${printSchemaWithDirectives(lexicographicSortSchema(await buildApiSchema()))}\n`,
  'docs/images/product-launch.svg': await picture('workflows/product-launch.yaml'),
  'docs/errors.md': renderErrors(REFUSALS, ERRORS, 'Refusal'),
  'workflows/workflow.schema.json': `${JSON.stringify(definitionJsonSchema(), null, 2)}\n`,
};

const check = process.argv.includes('--check');
const stale = Object.entries(files).filter(
  ([path, text]) => !existsSync(path) || readFileSync(path, 'utf8') !== text,
);
for (const [path, text] of stale) {
  if (check) process.stderr.write(`${path} is stale: run npm run generate\n`);
  else writeFileSync(path, text);
}
process.exitCode = check && stale.length > 0 ? 1 : 0;
