// How long the server takes to say what a change of every workflow means for 10,000 running campaigns, each somewhere else.
import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { impactOf } from '../dist/application/impact.js';
import { RepositorySync } from '../dist/application/sync-repository.js';
import * as actions from '../dist/domain/campaign/actions.js';
import { LOCAL_ACTOR } from '../dist/domain/campaign/actor.js';
import { acceptHandoff } from '../dist/domain/campaign/handoffs.js';
import { Situation } from '../dist/domain/campaign/situation.js';
import { channelsAfter, EMPTY_STATE, stateAfter } from '../dist/domain/campaign/state.js';
import { fullBrief } from '../dist/domain/workflow/brief.js';
import { compileWorkflow } from '../dist/domain/workflow/compile.js';
import { DEFAULT_POLICY } from '../dist/domain/workflow/document.js';
import { stepsOf } from '../dist/domain/workflow/steps.js';
import { buildExampleRepository } from '../dist/example/history.js';
import { GitSource } from '../dist/gitops/git-source.js';
import { createLogger } from '../dist/observability/logger.js';
import { createDataSource } from '../dist/persistence/data-source.js';
import { startEmbeddedPostgres } from '../dist/persistence/embedded.js';
import { migrate } from '../dist/persistence/migrate.js';
import { SqlReads } from '../dist/persistence/reads/sql-reads.js';
import { transactionsOn } from '../dist/persistence/transaction.js';
import { figure } from './figures.js';

const CAMPAIGNS = 10_000;
const ROUNDS = 3;
const NOW = new Date('2026-11-23T00:00:00Z');

const directory = mkdtempSync(path.join(os.tmpdir(), 'weir-bench-'));
const server = await startEmbeddedPostgres({ directory, logger: createLogger('silent') });
const database = createDataSource(server.url);
try {
  await migrate(server.url);
  await database.initialize();
  const repository = path.join(directory, 'example');
  await buildExampleRepository(repository, NOW);
  const source = new GitSource({
    location: repository,
    branch: null,
    folder: 'workflows',
    token: null,
    cacheDirectory: directory,
  });
  const ports = { clock: { now: () => NOW }, inTransaction: transactionsOn(database) };
  await new RepositorySync(ports, source).run('cli', LOCAL_ACTOR);
  const versions = await database.query(
    `SELECT v.id, d.key, v.meaning, d.served_version_id = v.id AS served FROM definition_version v
       JOIN definition d ON d.id = v.definition_id WHERE d.kind = 'Workflow' AND d.retired_at IS NULL`,
  );
  const states = await fill(versions);
  const reads = new SqlReads(database.manager);
  const proposed = versions
    .filter(({ served }) => served)
    .map(({ key, meaning }) => ({ key, workflow: changed(meaning), policy: DEFAULT_POLICY }));
  let [waited, most, last] = [0, 0, performance.now()];
  const clock = setInterval(() => {
    waited = Math.max(waited, performance.now() - last - 5);
    most = Math.max(most, process.memoryUsage.rss());
    last = performance.now();
  }, 5);
  const seconds = [];
  let effects;
  for (let round = 0; round < ROUNDS; round++) {
    const begin = performance.now();
    const impacts = [...(await impactOf(reads, proposed, NOW)).values()].flatMap(({ impact }) => impact);
    seconds.push((performance.now() - begin) / 1_000);
    effects = impacts.reduce((all, { effect }) => ({ ...all, [effect]: (all[effect] ?? 0) + 1 }), {});
  }
  clearInterval(clock);
  const median = seconds.toSorted((a, b) => a - b)[ROUNDS >> 1];
  console.log(
    `${CAMPAIGNS} running campaigns on ${versions.length} versions, ${states} different states: ${median.toFixed(1)} s (median of ${ROUNDS})`,
  );
  figure(
    `what a change of every workflow means for ${CAMPAIGNS} running campaigns`,
    `${median.toFixed(1)} s, ${(most / 2 ** 20).toFixed(0)} MiB at most`,
  );
  console.log(
    `effects: ${JSON.stringify(effects)}; others waited at most ${waited.toFixed(0)} ms; peak ${(most / 2 ** 20).toFixed(0)} MiB`,
  );
} finally {
  await database.destroy();
  await server.stop();
  rmSync(directory, { recursive: true, force: true });
}

/** A workflow in which the first section begins with another step, and its last one ends with one. */
function changed(workflow) {
  const copy = structuredClone(workflow);
  const extra = (key) => ({
    ...structuredClone(stepsOf(workflow)[0]),
    key,
    name: key,
    kind: 'task',
    produces: [],
    needs: [],
  });
  const last = copy.sections.at(-1);
  const chain = last.steps ?? (last.lanes ?? last.spokes)[0].steps;
  chain.push(extra('bench-last'));
  return copy;
}

/** Campaigns after a random walk of what may be done, the same on every machine. */
async function fill(versions) {
  let seed = 1;
  const below = (count) => {
    seed = (Math.imul(seed, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((seed / 2 ** 32) * count);
  };
  const compiled = new Map(versions.map((each) => [each.id, compileWorkflow(each.meaning)]));
  const rows = { campaign: [], step: [], gate: [], handoff: [], channel: [] };
  const seen = new Set();
  for (let number = 1; number <= CAMPAIGNS; number++) {
    const { id, meaning } = versions[below(versions.length)];
    const walked = walk(meaning, compiled.get(id), below);
    seen.add(
      `${id} ${JSON.stringify([[...walked.state.steps], [...walked.state.gates], [...walked.state.handoffs]])}`,
    );
    rows.campaign.push({ key: `bench-${number}`, version: id, risk: walked.risk, brief: walked.brief });
    for (const [key, { status, round }] of walked.state.steps)
      rows.step.push({ campaign: `bench-${number}`, key, status, round });
    for (const [key, status] of walked.state.gates)
      rows.gate.push({ campaign: `bench-${number}`, key, status });
    for (const key of walked.state.handoffs) rows.handoff.push({ campaign: `bench-${number}`, key });
    for (const [key, { status }] of walked.channels)
      rows.channel.push({ campaign: `bench-${number}`, key, status });
  }
  await insert(
    rows.campaign,
    `INSERT INTO campaign (key, name, version_id, status, type, risk, budget, labels, flags, brief, created_at)
    SELECT key, key, version, 'running', 'launch', risk, 0, '{}', '{}', brief, $2::timestamptz
      FROM jsonb_to_recordset($1) AS r (key text, version bigint, risk text, brief jsonb)`,
  );
  const of = (table, columns, values, fields) =>
    `INSERT INTO campaign_${table} (campaign_id, ${columns}) SELECT c.id, ${values} FROM jsonb_to_recordset($1) AS r
       (campaign text, ${fields}) JOIN campaign c ON c.key = r.campaign WHERE $2::timestamptz IS NOT NULL`;
  await insert(
    rows.step,
    of('step', 'key, status, round', 'r.key, r.status, r.round', 'key text, status text, round int'),
  );
  await insert(
    rows.gate,
    of(
      'gate',
      'key, status, results, evaluated_at',
      "r.key, r.status, '[]', $2::timestamptz",
      'key text, status text',
    ),
  );
  await insert(rows.handoff, of('handoff', 'key, accepted_at', 'r.key, $2::timestamptz', 'key text'));
  await insert(rows.channel, of('channel', 'channel, status', 'r.key, r.status', 'key text, status text'));
  await database.query('ANALYZE');
  return seen.size;
}

async function insert(rows, statement) {
  for (let at = 0; at < rows.length; at += 5_000)
    await database.query(statement, [JSON.stringify(rows.slice(at, at + 5_000)), NOW]);
}

function walk(workflow, compiled, below) {
  const risk = ['low', 'medium', 'high'][below(3)];
  const brief = fullBrief(workflow);
  const planned = { status: 'planned', plannedAt: null, launchedAt: null };
  let channels = new Map(workflow.channels.map((channel) => [channel, planned]));
  let state = EMPTY_STATE;
  for (let left = below(40); left > 0; left--) {
    const facts = {
      key: 'c',
      type: 'launch',
      risk,
      regulated: workflow.regulated,
      channels: [...channels.keys()],
      labels: [],
      flags: [],
      budget: 0,
    };
    const situation = new Situation(
      workflow,
      compiled,
      DEFAULT_POLICY,
      { facts, status: 'running', brief, channels },
      state,
    );
    const possible = [...situation.progress.steps.values()].flatMap(({ part: { key, channel } }) => [
      actions.startStep(situation, LOCAL_ACTOR, key),
      actions.completeStep(situation, LOCAL_ACTOR, key),
      actions.approve(situation, LOCAL_ACTOR, key, null),
      ...(channel === null ? [] : [actions.launchChannel(situation, LOCAL_ACTOR, channel)]),
    ]);
    for (const [key, { status }] of situation.progress.gates)
      if (status === 'open')
        possible.push({ changes: [{ type: 'gate', key, status: 'passed', results: [] }] });
    for (const key of situation.progress.handoffs.keys())
      possible.push(acceptHandoff(situation, LOCAL_ACTOR, key));
    const allowed = possible.filter(({ changes }) => changes?.length > 0);
    if (allowed.length === 0) break;
    for (const change of allowed[below(allowed.length)].changes) {
      state = stateAfter(state, change);
      channels = channelsAfter(channels, change, NOW);
    }
  }
  return { state, channels, risk, brief };
}
