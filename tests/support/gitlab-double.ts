import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { type HostDouble, paged, startDouble } from './host-double.js';

export interface DoubleMerge {
  readonly iid: number;
  readonly title: string;
  readonly author: string;
  state: 'opened' | 'closed' | 'merged';
  readonly target: string;
  readonly source: string;
  readonly labels: string[];
  /** Oldest first; the last is the head. */
  readonly versions: { sha: string; at: string }[];
  readonly approvals: { username: string; at: string | null }[];
}
export interface DoubleNote {
  readonly id: number;
  readonly iid: number;
  readonly author: number;
  body: string;
}
export interface DoubleStatus {
  readonly sha: string;
  readonly name: string;
  readonly ref: string;
  status: string;
  description: string;
}

export interface GitLabDouble extends HostDouble {
  readonly merges: DoubleMerge[];
  readonly notes: DoubleNote[];
  readonly statuses: DoubleStatus[];
  /** Levels of access of the members, by username. */
  readonly members: Map<string, number>;
  addMerge(merge: Partial<DoubleMerge> & Pick<DoubleMerge, 'source'>, sha: string): DoubleMerge;
  addNote(iid: number, body: string, author: number): DoubleNote;
}

const [ME, PROJECT] = [7, 'acme/marketing/campaigns'];

/** GitLab's REST API as far as Weir speaks it. https://docs.gitlab.com/api/rest/ */
export async function startGitLabDouble(token: string): Promise<GitLabDouble> {
  const world = new World();
  const double = await startDouble((app) => {
    app.addHook('onRequest', async (request, reply) => {
      if (request.headers['private-token'] !== token)
        await reply.code(401).send({ message: '401 Unauthorized' });
    });
    app.setNotFoundHandler((_, reply) => notFound(reply, '404 Not Found'));
    void app.register(
      (api: FastifyInstance, _options: object, done: () => void) => {
        api.get('/user', () => ({ id: ME, username: 'weir-robot' }));
        api.addHook('preHandler', async (request, reply) => {
          const { project } = request.params as { project?: string };
          if (project !== undefined && project !== PROJECT) await notFound(reply, '404 Project Not Found');
        });
        serve(api, world);
        serveNotes(api, world);
        serveStatuses(api, world);
        done();
      },
      { prefix: '/api/v4' },
    );
  });
  return Object.assign(double, {
    ...{ merges: world.merges, notes: world.notes, statuses: world.statuses, members: world.members },
    ...{ addMerge: world.addMerge.bind(world), addNote: world.addNote.bind(world) },
  });
}

const notFound = (reply: FastifyReply, message = '404 Not found') => reply.code(404).send({ message });

class World {
  readonly merges: DoubleMerge[] = [];
  readonly notes: DoubleNote[] = [];
  readonly statuses: DoubleStatus[] = [];
  readonly members = new Map<string, number>();
  readonly #accounts: string[] = [];
  #id = 1_000;

  /** The number of an account. */
  accountOf(username: string): number {
    if (!this.#accounts.includes(username)) this.#accounts.push(username);
    return this.#accounts.indexOf(username) + 100;
  }

  addMerge(given: Partial<DoubleMerge> & Pick<DoubleMerge, 'source'>, sha: string): DoubleMerge {
    const merge: DoubleMerge = {
      ...{
        iid: this.merges.length + 1,
        title: 'A change',
        author: 'steward',
        state: 'opened',
        target: 'main',
      },
      ...{ labels: [], approvals: [], versions: [{ sha, at: '2026-03-02T09:00:00.000Z' }] },
      ...given,
    };
    this.merges.push(merge);
    return merge;
  }

  addNote(iid: number, body: string, author: number): DoubleNote {
    const note = { id: ++this.#id, iid, author, body };
    this.notes.push(note);
    return note;
  }
}

interface Asked {
  readonly Params: {
    readonly project: string;
    readonly iid?: string;
    readonly id?: string;
    readonly sha?: string;
  };
  readonly Querystring: Record<string, string | undefined>;
  readonly Body: Record<string, string | undefined>;
}
const base = '/projects/:project/merge_requests';
const mergeOf = (world: World, { params }: FastifyRequest<Asked>) =>
  world.merges.find(({ iid }) => iid === Number(params.iid));

function serve(api: FastifyInstance, world: World): void {
  api.get<Asked>(base, (request, reply) => {
    const { state, source_branch: source, target_branch: target } = request.query;
    const found = world.merges.filter(
      (merge) =>
        (state === undefined || merge.state === state) &&
        (source === undefined || merge.source === source) &&
        (target === undefined || merge.target === target),
    );
    return paged(request, reply, found, 20).map(toMerge);
  });
  api.get<Asked>(`${base}/:iid`, (request, reply) => {
    const merge = mergeOf(world, request);
    return merge ? reply.send(toMerge(merge)) : notFound(reply);
  });
  api.post<Asked>(base, (request, reply) => {
    const { source_branch: source = '', target_branch: target = '', title = '' } = request.body;
    if (
      world.merges.some((each) => each.state === 'opened' && each.source === source && each.target === target)
    )
      return reply
        .code(409)
        .send({ message: ['Another open merge request already exists for this source branch: !1'] });
    return reply.code(201).send(toMerge(world.addMerge({ source, target, title }, '0'.repeat(40))));
  });
  api.get<Asked>(`${base}/:iid/approvals`, (request, reply) => {
    const merge = mergeOf(world, request);
    if (!merge) return notFound(reply);
    const approved = merge.approvals.map(({ username, at }) => ({
      user: { id: world.accountOf(username), username, name: username },
      ...(at === null ? {} : { approved_at: at }),
    }));
    return { id: 1, iid: merge.iid, approved_by: approved };
  });
  api.get<Asked>('/projects/:project/members/all/:id', ({ params }, reply) => {
    const found = [...world.members].find(([username]) => String(world.accountOf(username)) === params.id);
    if (!found) return notFound(reply, '404 Not found');
    return { id: Number(params.id), username: found[0], state: 'active', access_level: found[1] };
  });
  api.get<Asked>(`${base}/:iid/versions`, (request, reply) => {
    const merge = mergeOf(world, request);
    if (!merge) return notFound(reply);
    const newest = [...merge.versions].reverse();
    return paged(request, reply, newest, 20).map(({ sha, at }, position) => ({
      ...{ id: position, head_commit_sha: sha, created_at: at, state: 'collected' },
    }));
  });
}

function serveNotes(api: FastifyInstance, world: World): void {
  api.get<Asked>(`${base}/:iid/notes`, (request, reply) => {
    const merge = mergeOf(world, request);
    if (!merge) return notFound(reply);
    const found = world.notes.filter(({ iid }) => iid === merge.iid);
    // Newest first, unless asked otherwise.
    if (request.query['sort'] !== 'asc') found.reverse();
    return paged(request, reply, found, 20).map(toNote);
  });
  api.post<Asked>(`${base}/:iid/notes`, (request, reply) => {
    const merge = mergeOf(world, request);
    if (!merge) return notFound(reply);
    return reply.code(201).send(toNote(world.addNote(merge.iid, request.body['body'] ?? '', ME)));
  });
  api.put<Asked>(`${base}/:iid/notes/:id`, (request, reply) => {
    const note = world.notes.find(({ id }) => id === Number(request.params.id));
    if (!note) return notFound(reply);
    note.body = request.body['body'] ?? '';
    return toNote(note);
  });
}

const FINAL = ['success', 'failed', 'canceled', 'skipped'];
const EVENTS: Readonly<Record<string, string>> = { pending: 'enqueue', running: 'run' };

/** A status that is over is followed by a new one; one that is not goes on, and not to what it is. */
function serveStatuses(api: FastifyInstance, world: World): void {
  api.post<Asked>('/projects/:project/statuses/:sha', (request, reply) => {
    const { state = '', name = 'default', ref = '', description = '' } = request.body;
    const sha = request.params.sha ?? '';
    if (![...FINAL, 'pending', 'running'].includes(state))
      return reply.code(400).send({ error: 'state does not have a valid value' });
    if (description.length > 255) return reply.code(400).send({ message: { description: ['is too long'] } });
    const open = world.statuses.findLast((each) => each.sha === sha && each.name === name);
    if (open && !FINAL.includes(open.status)) {
      const isBack = open.status === state || (open.status === 'running' && state === 'pending');
      if (isBack) {
        const event = EVENTS[state] ?? '';
        const message = `Cannot transition status via :${event} from :${open.status} (Reason(s): Status cannot transition via "${event}")`;
        return reply.code(400).send({ message });
      }
      Object.assign(open, { status: state, description });
      return reply.code(201).send(open);
    }
    const status = { sha, name, ref, status: state, description };
    world.statuses.push(status);
    return reply.code(201).send(status);
  });
}

const toMerge = (merge: DoubleMerge): object => ({
  ...{ id: merge.iid + 500, iid: merge.iid, project_id: 3, title: merge.title, state: merge.state },
  ...{ target_branch: merge.target, source_branch: merge.source, labels: merge.labels },
  author: { id: 1, username: merge.author },
  sha: merge.versions.at(-1)?.sha,
  updated_at: merge.versions.at(-1)?.at,
  web_url: `https://gitlab.example.com/${PROJECT}/-/merge_requests/${merge.iid}`,
});
const toNote = ({ id, author, body }: DoubleNote): object => ({
  ...{ id, body, system: false, author: { id: author, username: author === ME ? 'weir-robot' : 'somebody' } },
});
