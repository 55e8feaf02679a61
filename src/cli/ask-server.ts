import type { Impacts, ProposedWorkflow, WorkflowImpact } from '../application/plan.js';
import type { Sources } from '../gitops/plan.js';

/** The server cannot be asked; the message says why, in one line. */
export class ServerError extends Error {
  override readonly name = 'ServerError';
}

export interface Server {
  /** For example `http://localhost:4000`. */
  readonly url: string;
  /** Sent as bearer; null where there is none. */
  readonly token: string | null;
}

/** What the command asks; servers trust it. */
export const IMPACT_DOCUMENT = `query ImpactOfProposal($documents: [String!]!, $workflows: [String!]!, $retired: [String!]!) {
  impactOfProposal(documents: $documents, workflows: $workflows, retired: $retired) {
    workflow
    impact { campaign effect detail mapping { from to status detail } trace }
    past { campaign detail gates approvers dates { what before after hours } }
    pilots { campaign measured }
  }
}`;
/** Characters of documents in one question; the server takes twice as many. */
const BATCH_CHARACTERS = 262_144;
const BATCH_DOCUMENTS = 100;
/** A server that has not answered by then has given up itself. */
const PATIENCE_MS = 60_000;

/** Asks a server what proposed workflows mean for its campaigns. Only their text is sent: nothing has to be pushed before. */
export async function askServer(
  server: Server,
  proposed: readonly ProposedWorkflow[],
  sources: Sources,
): Promise<Impacts> {
  const found = new Map<string, WorkflowImpact>();
  const retired = proposed.flatMap(({ key, workflow }) => (workflow ? [] : [key]));
  const batches = batchesOf(
    proposed.filter(({ workflow }) => workflow !== null),
    sources,
  );
  if (retired.length > 0 && batches.length === 0) batches.push({ workflows: [], documents: [] });
  for (const [position, { workflows, documents }] of batches.entries()) {
    const variables = {
      ...{ workflows, documents: [...new Set([...sources.policies, ...documents])] },
      retired: position === 0 ? retired : [],
    };
    for (const { workflow, ...impact } of await ask(server, variables)) found.set(workflow, impact);
  }
  return found;
}

interface Batch {
  readonly workflows: string[];
  readonly documents: string[];
}

/** Workflows with all that they extend, in portions that the server takes. */
function batchesOf(proposed: readonly ProposedWorkflow[], sources: Sources): Batch[] {
  const batches: Batch[] = [];
  for (const { key } of proposed) {
    const documents = sources.workflow(key);
    const last = batches.at(-1);
    const together = new Set([...(last?.documents ?? []), ...documents]);
    const characters = [...together].reduce((sum, each) => sum + each.length, 0);
    if (!last || characters > BATCH_CHARACTERS || together.size > BATCH_DOCUMENTS)
      batches.push({ workflows: [key], documents: [...documents] });
    else batches[batches.length - 1] = { workflows: [...last.workflows, key], documents: [...together] };
  }
  return batches;
}

async function ask(
  { url, token }: Server,
  variables: object,
): Promise<readonly (WorkflowImpact & { readonly workflow: string })[]> {
  const headers = {
    'content-type': 'application/json',
    accept: 'application/json',
    ...(token === null ? {} : { authorization: `Bearer ${token}` }),
  };
  const body = JSON.stringify({ query: IMPACT_DOCUMENT, variables });
  const signal = AbortSignal.timeout(PATIENCE_MS);
  const endpoint = `${url.replace(/\/+$/, '')}/graphql`;
  const answer = await fetch(endpoint, { method: 'POST', headers, body, signal }).catch((error: unknown) => {
    throw new ServerError(`the server at ${url} cannot be reached: ${whyNot(error)}`, { cause: error });
  });
  if (answer.status === 401 || answer.status === 403)
    throw new ServerError(
      `the server at ${url} does not accept the token of WEIR_TOKEN (HTTP ${answer.status})`,
    );
  const read = (await answer.json().catch(() => null)) as Answer | null;
  const [problem] = read?.errors ?? [];
  if (problem && /Cannot query field|Unknown argument/.test(problem.message))
    throw new ServerError(`the server at ${url} is too old to tell what a plan means for its campaigns`);
  if (problem) throw new ServerError(`the server at ${url} cannot tell the impact: ${problem.message}`);
  const impacts = read?.data?.impactOfProposal;
  if (!impacts) throw new ServerError(`what answers at ${url} is not a Weir server (HTTP ${answer.status})`);
  return impacts.map(plainly);
}

interface Answer {
  readonly errors?: readonly { readonly message: string }[];
  readonly data?: {
    readonly impactOfProposal?: readonly AnsweredImpact[] | null;
  };
}
interface AnsweredImpact extends Omit<WorkflowImpact, 'pilots'> {
  readonly workflow: string;
  readonly pilots: readonly { readonly campaign: string; readonly measured: readonly string[] }[];
}

function whyNot(error: unknown): string {
  const { cause, message } = error as { cause?: { code?: string; message?: string }; message: string };
  return cause?.code ?? cause?.message ?? message;
}

/** GraphQL writes names of values in capitals, and null where the plan has nothing. */
function plainly({ workflow, impact, past, pilots }: AnsweredImpact): WorkflowImpact & { workflow: string } {
  const small = <T extends string>(name: T): T => name.toLowerCase().replaceAll('_', '-') as T;
  return {
    workflow,
    pilots: pilots.map(({ campaign: key, measured }) => ({ workflow, key, measured })),
    impact: impact.map(({ campaign, effect, detail, mapping, trace }) => ({
      ...{ campaign, effect: small(effect), detail },
      ...(mapping ? { mapping: mapping.map((each) => ({ ...each, status: small(each.status) })) } : {}),
      ...(trace ? { trace } : {}),
    })),
    past: past.map((each) => ({
      ...each,
      dates: each.dates.map((date) => ({
        ...{ what: small(date.what), hours: date.hours },
        ...{ before: new Date(date.before), after: new Date(date.after) },
      })),
    })),
  };
}
