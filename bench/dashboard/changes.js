// Campaigns that are created and moved on, some at once; and people who follow one that changes.
import { createClient } from 'graphql-ws';
import WebSocket from 'ws';
import { byText, Client } from './ask.js';
import { quiet } from './compare.js';
import { directory } from './data.js';
import { at } from './load.js';
import { cpuMs, startWeir, untilTheEnd } from './servers.js';

const AT_ONCE = 4;
const SUBSCRIBERS = 50;
const WORKFLOW = 'quarterly-b2b-launch-002';
const WAITED_MS = 10_000;

const REFUSALS = 'refusals { code message }';
const payload = (name, type) =>
  `mutation ($input: ${type}!) { payload: ${name}(input: $input) { ${REFUSALS} } }`;
const [CREATE, ASSET, BRIEF, START, COMPLETE, SIGNALS] = [
  payload('createCampaign', 'CreateCampaignInput'),
  payload('addAsset', 'AddAssetInput'),
  payload('updateBrief', 'UpdateBriefInput'),
  payload('startStep', 'StepInput'),
  payload('completeStep', 'StepInput'),
  payload('recordSignals', 'RecordSignalsInput'),
];
const FOLLOW =
  'subscription ($key: String!) { campaignChanged(key: $key) { key cursor status steps { key status } } }';

/** What happens to a campaign in its first days. */
const mixOf = (key, step) => [
  [CREATE, { key, name: key, workflow: WORKFLOW, brief: [{ name: 'launchDate', text: '2027-03-01' }] }],
  [
    ASSET,
    {
      campaign: key,
      key: 'mail',
      channel: 'email',
      text: 'Get 20 % off your order until 1 May with code SAVE20.',
    },
  ],
  [BRIEF, { campaign: key, fields: [{ name: 'valueProposition', text: `Everything in one place, ${key}` }] }],
  [START, { campaign: key, step }],
  [COMPLETE, { campaign: key, step }],
  [
    SIGNALS,
    {
      campaign: key,
      signals: [
        { key: 'one', signal: 'email.open_rate', at: new Date().toISOString(), value: 0.3, samples: 100 },
      ],
    },
  ],
];

/** On a database of its own, as it does not stay as it is. */
export async function change({ database, ms, tell }) {
  const server = await startWeir({ database, cwd: directory, port: 4839 });
  const client = new Client(server.url);
  untilTheEnd(client.close);
  await quiet(server.pid);
  const step = await firstStep(client);
  await campaigns({ client, pid: server.pid, ms: ms / 2, step, name: 'warm' });
  const mutations = await campaigns({ client, pid: server.pid, ms, step, name: 'bench' });
  tell(
    `mutations: ${mutations.cpuMs.toFixed(2)} ms of CPU, p50 ${mutations.p50Ms.toFixed(1)} ms, ${mutations.rate.toFixed(0)}/s`,
  );
  const events = await follow({ client, server, ms, key: 'bench-0-0' });
  tell(
    `${SUBSCRIBERS} subscribers: told after ${events.p50Ms.toFixed(1)} ms, ${events.cpuMs.toFixed(2)} ms of CPU each`,
  );
  await client.close();
  await server.stop();
  return { mutations, events };
}

async function firstStep(client) {
  const query =
    'query ($key: String!) { workflow(key: $key) { served: versions(first: 1) { nodes { steps { key } } } } }';
  const { text } = await client.send(byText({ query, variables: { key: WORKFLOW } }));
  return JSON.parse(text).data.workflow.served.nodes[0].steps[0].key;
}

/** @throws where something is refused */
async function act(client, query, input) {
  const { text } = await client.send(byText({ query, variables: { input } }));
  const { refusals } = JSON.parse(text).data.payload;
  if (refusals.length > 0) throw new Error(`refused: ${JSON.stringify(refusals)}`);
}

async function campaigns({ client, pid, ms, step, name }) {
  const [times, before, began] = [[], cpuMs(pid), performance.now()];
  const one = async (_, lane) => {
    for (let number = 0; performance.now() - began < ms; number++)
      for (const [query, input] of mixOf(`${name}-${lane}-${number}`, step)) {
        const asked = performance.now();
        await act(client, query, input);
        times.push(performance.now() - asked);
      }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, one));
  const took = performance.now() - began;
  const sorted = times.sort((one_, other) => one_ - other);
  return {
    cpuMs: (cpuMs(pid) - before) / times.length,
    ...{ p50Ms: at(sorted, 0.5), p99Ms: at(sorted, 0.99), rate: (times.length * 1_000) / took },
  };
}

/** From the moment that a change is sent until the last of the subscribers knows of it. */
async function follow({ client, server, ms, key }) {
  const url = `${server.url.replace('http', 'ws')}/graphql`;
  let told = 0;
  let everybody = () => undefined;
  const sockets = Array.from({ length: SUBSCRIBERS }, () =>
    createClient({ url, webSocketImpl: WebSocket, lazy: false }),
  );
  untilTheEnd(async () => sockets.forEach((socket) => void socket.dispose()));
  for (const socket of sockets)
    socket.subscribe(
      { query: FOLLOW, variables: { key } },
      {
        next({ errors }) {
          if (errors) throw new Error(JSON.stringify(errors));
          if (++told === SUBSCRIBERS) everybody();
        },
        error: (error) => {
          throw new Error('a subscription ended', { cause: error });
        },
        complete: () => undefined,
      },
    );
  const round = async (number) => {
    told = 0;
    const all = new Promise((resolve, reject) => {
      everybody = resolve;
      setTimeout(
        () => reject(new Error(`${told} of ${SUBSCRIBERS} were told within ${WAITED_MS} ms`)),
        WAITED_MS,
      ).unref();
    });
    const began = performance.now();
    await act(client, BRIEF, {
      campaign: key,
      fields: [{ name: 'valueProposition', text: `Told to all, ${number}` }],
    });
    await all;
    return performance.now() - began;
  };
  // Until everybody follows, changes are not told to all.
  await settled(async () => {
    told = 0;
    await act(client, BRIEF, {
      campaign: key,
      fields: [{ name: 'valueProposition', text: `Who is there, ${Math.random()}` }],
    });
    return () => told;
  });
  for (let number = 0; number < 5; number++) await round(`warm ${number}`);
  const [times, before, end] = [[], cpuMs(server.pid), performance.now() + ms];
  while (performance.now() < end) times.push(await round(times.length));
  const sorted = times.sort((one, other) => one - other);
  for (const socket of sockets) await socket.dispose();
  return {
    cpuMs: (cpuMs(server.pid) - before) / times.length / SUBSCRIBERS,
    p50Ms: at(sorted, 0.5),
    p99Ms: at(sorted, 0.99),
  };
}

async function settled(tellOnce) {
  for (let tried = 0; tried < 50; tried++) {
    const count = await tellOnce();
    const end = performance.now() + 1_000;
    while (performance.now() < end && count() < SUBSCRIBERS)
      await new Promise((resolve) => setTimeout(resolve, 10));
    if (count() === SUBSCRIBERS) return;
  }
  throw new Error('not every subscriber follows');
}
