import { performance } from 'node:perf_hooks';

const CREATE = `mutation ($input: CreateCampaignInput!) { it: createCampaign(input: $input) { refusals { code } } }`;
const START = `mutation ($input: StepInput!) { it: startStep(input: $input) { refusals { code } } }`;
const READ = `query ($key: String!) { campaign(key: $key) { key status steps { key status } } }`;
const LIST = `{ campaigns(first: 20) { nodes { key status workflowVersion { number } } totalCount } }`;

/** Asks GraphQL once, and never again: what fails has failed. @throws Error with whatever is wrong with the answer */
export async function ask(url, query, variables = {}, position = null) {
  const response = await fetch(`${url}/graphql`, {
    method: 'POST',
    headers: {
      ...{
        'content-type': 'application/json',
        'weir-actor': 'drill@example.com',
        'weir-roles': 'admin,writer',
      },
      ...(position === null ? {} : { 'weir-position': position }),
    },
    body: JSON.stringify({ query, variables }),
  });
  const text = await response.text();
  const { data, errors } = response.headers.get('content-type')?.includes('json') ? JSON.parse(text) : {};
  if (!response.ok || errors || !data) throw new Error(`${response.status} ${text.slice(0, 300)}`);
  return { data, position: response.headers.get('weir-position') };
}

/** Clients that write, look at once for what they have written, through whichever replica, and read lists. */
export class Load {
  #isOver = false;
  requests = 0;
  writes = 0;
  /** Reads that were answered from the standby. */
  fromStandby = 0;
  reads = 0;
  failed = [];
  stale = [];
  milliseconds = [];
  /** Keys of the campaigns that were acknowledged. */
  created = [];

  constructor(url, { clients = 6, name }) {
    this.running = Promise.all(
      Array.from({ length: clients }, (_, client) => this.#go(url, `${name}-${client}`)),
    );
  }

  /** Ends it in order. @returns itself */
  async stop() {
    this.#isOver = true;
    await this.running;
    return this;
  }

  async #go(url, name) {
    for (let each = 0; !this.#isOver; each++) {
      const key = `${name}-${each}`;
      const written = await this.#write(url, CREATE, { key, name: key, workflow: 'flow' });
      if (written === null) continue;
      this.created.push(key);
      await this.#see(url, key, written, 'READY');
      const started = await this.#write(url, START, { campaign: key, step: 'brief' });
      if (started !== null) await this.#see(url, key, started, 'STARTED');
      await this.#timed(() => ask(url, LIST));
    }
  }

  async #write(url, query, input) {
    const answer = await this.#timed(() => ask(url, query, { input }));
    this.writes++;
    const refusals = answer?.data.it.refusals ?? [];
    if (refusals.length > 0) this.failed.push(JSON.stringify(refusals));
    return answer && refusals.length === 0 ? answer : null;
  }

  async #see(url, key, { position }, status) {
    const answer = await this.#timed(() => ask(url, READ, { key }, position));
    if (answer === null) return;
    this.reads++;
    if (position !== null && answer.position === null) this.fromStandby++;
    const found = answer.data.campaign?.steps.find((step) => step.key === 'brief')?.status;
    if (found !== status) this.stale.push(`${key}: ${found} instead of ${status}`);
  }

  async #timed(work) {
    const begun = performance.now();
    this.requests++;
    try {
      return await work();
    } catch (error) {
      this.failed.push(`${new Date().toISOString()} ${error.cause?.code ?? ''} ${error.message}`);
      return null;
    } finally {
      this.milliseconds.push(performance.now() - begun);
    }
  }

  percentile(share) {
    const sorted = this.milliseconds.toSorted((one, other) => one - other);
    return Math.round(sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0);
  }

  /** What it found, for people. */
  get figures() {
    const { requests, failed, stale, fromStandby, reads } = this;
    return `${requests} requests, ${failed.length} failed; ${reads} reads of own writes, ${stale.length} stale, ${fromStandby} from the standby; ms p50 ${this.percentile(0.5)}, p99 ${this.percentile(0.99)}, most ${this.percentile(1)}`;
  }
}
