// Writes what is generated from the code, or with --check fails when a committed file is not what would be written.
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { printSchemaWithDirectives } from '@graphql-tools/utils';
import { lexicographicSortSchema } from 'graphql';
import { parse } from 'yaml';
import { drawDiagram } from '../dist/application/draw-diagram.js';
import { MACHINES } from '../dist/domain/campaign/machines.js';
import { REFUSALS } from '../dist/domain/campaign/refusal.js';
import { FINDINGS } from '../dist/domain/findings.js';
import { INCLUDED_BY, PERMISSIONS } from '../dist/domain/campaign/actor.js';
import { METRICS } from '../dist/domain/metrics/catalogue.js';
import { CATALOGUE, kindOf } from '../dist/domain/workflow/diff/catalogue.js';
import { definitionJsonSchema } from '../dist/gitops/document/json-schema.js';
import { readDefinitions } from '../dist/gitops/document/read.js';
import { ERRORS } from '../dist/http/error-codes.js';
import { Metrics } from '../dist/observability/metrics.js';
import { buildApiSchema } from '../dist/resolvers/build-schema.js';
import { PERMITS } from '../dist/schema/enums.js';
import { neededFor, ROUTES } from '../dist/schema/permissions.js';
import { renderChanges } from './render-changes.js';
import { renderErrors } from './render-errors.js';
import { renderFields } from './render-fields.js';
import { renderFindings } from './render-findings.js';
import { renderLicences } from './render-licences.js';
import { renderMetrics } from './render-metrics.js';
import { renderNeeded } from './render-needed.js';
import { renderOperations } from './render-operations.js';
import { renderMonitoring } from './render-monitoring.js';
import { renderPermissions } from './render-permissions.js';
import { renderStates } from './render-states.js';

const read = (files) => readDefinitions(files, '2026-11-23');
const shipped = readdirSync('workflows')
  .filter((name) => name.endsWith('.yaml'))
  .map((path) => ({ path, text: readFileSync(`workflows/${path}`, 'utf8') }));
const launch = read(shipped).definitions.find(({ key }) => key === 'product-launch');

const unasked = () => Promise.resolve(null);
const measures = { repository: unasked, notifications: unasked, jobs: unasked, pool: () => null };
const metrics = new Metrics(measures, () => new Date(0));

const api = lexicographicSortSchema(await buildApiSchema());
const schema = `${printSchemaWithDirectives(api)}\n`;
const operations = await renderOperations(schema);
const files = {
  'src/schema/schema.graphql': schema,
  'src/dashboard/api/operations.ts': operations.types,
  'src/dashboard/api/needed.ts': renderNeeded(api.getMutationType(), neededFor),
  'src/dashboard/public/documents.json': operations.manifest,
  'docs/images/product-launch.svg': await drawDiagram(launch.meaning, 'svg'),
  'docs/findings.md': renderFindings(
    FINDINGS,
    parse(readFileSync('tests/fixtures/findings.yaml', 'utf8')),
    shipped,
    (changed) => read(changed).problems,
  ),
  'docs/changes.md': renderChanges(CATALOGUE, kindOf),
  'docs/fields.md': renderFields(
    definitionJsonSchema(),
    readFileSync('tests/fixtures/every-key.yaml', 'utf8'),
  ),
  'docs/licences.md': renderLicences(JSON.parse(readFileSync('package-lock.json', 'utf8'))),
  'docs/metrics.md': renderMetrics(readFileSync('docs/metrics.md', 'utf8'), METRICS),
  'docs/monitoring.md': renderMonitoring(
    readFileSync('docs/monitoring.md', 'utf8'),
    await metrics.describe(),
  ),
  'docs/states.md': renderStates(MACHINES),
  'docs/permissions.md': renderPermissions({
    schema: api,
    ...{ neededFor, uses: ROUTES },
    permissions: PERMISSIONS.map((name) => ({
      ...{ name, may: PERMITS[name] },
      includes: PERMISSIONS.filter((each) => each !== name && INCLUDED_BY[each].includes(name)),
    })),
  }),
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
