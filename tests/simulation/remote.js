import fs from 'node:fs';
import git from 'isomorphic-git';

const TEAM = 'apiVersion: weir/v1\nkind: Team\nid: team\nroles: [{ id: writer }]\n';
const policy = (onBadFile) =>
  `apiVersion: weir/v1\nkind: Policy\nid: house\nonBadFile: ${onBadFile}\nretireLimit: { share: 0.4, runningCampaigns: 0 }\n`;
const workflow = (id, days, responsible = 'writer') => `apiVersion: weir/v1
kind: Workflow
id: ${id}
name: ${id}
steward: writer
pattern: sequential
sections:
  - id: all
    model: linear
    steps:
      - { id: brief, kind: brief, responsible: ${responsible}, accountable: writer, effort: P${days}D }
      - { id: retrospective, kind: retrospective, responsible: writer, accountable: writer }
`;
const child = (id, parent, days) =>
  `apiVersion: weir/v1\nkind: Workflow\nid: ${id}\nname: ${id}\nextends: ${parent}\nsections:\n  - id: all\n    steps:\n      - { id: brief, effort: P${days}D }\n`;

const IDS = ['a', 'b', 'c', 'd', 'e'];

/** What somebody may do to the files in one commit. */
const EDITS = {
  change: (files, chance) => {
    files[placeOf(files, chance.one(IDS)) ?? 'a.yaml'] = workflow(chance.one(IDS), 1 + chance.below(9));
  },
  edit: (files, chance) => {
    const id = chance.one(IDS);
    files[placeOf(files, id) ?? `${id}.yaml`] = workflow(id, 1 + chance.below(9));
  },
  extend: (files, chance) => {
    files['child.yaml'] = child('child', chance.one([...IDS, 'nobody']), 1 + chance.below(9));
  },
  comment: (files, chance) => {
    const place = chance.one(Object.keys(files));
    files[place] = `# seen\n${files[place]}`;
  },
  break: (files, chance) => {
    const id = chance.one(IDS);
    const bad = [
      workflow(id, 2, 'nobody'),
      '',
      `${workflow(id, 3)}oops: 1\n`,
      `kind: Workflow\nid: ${id}\nname: "\n`,
    ];
    files[placeOf(files, id) ?? `${id}.yaml`] = chance.one(bad);
  },
  rename: (files, chance) => {
    const id = chance.one(IDS);
    const place = placeOf(files, id);
    if (place === undefined) return;
    const text = files[place];
    delete files[place];
    files[`moved/${id}-${chance.below(3)}.yaml`] = chance.is(0.5) ? text : workflow(id, 1 + chance.below(9));
  },
  remove: (files, chance) => {
    const place = placeOf(files, chance.one(IDS));
    if (place !== undefined) delete files[place];
  },
  'remove all': (files) => {
    for (const id of IDS) delete files[placeOf(files, id) ?? ''];
  },
  policy: (files, chance) => {
    files['policy.yaml'] = policy(chance.one(['file', 'file', 'commit']));
  },
  elsewhere: () => undefined,
};
const WEIGHTED = [
  'edit',
  'edit',
  'edit',
  'edit',
  'change',
  'extend',
  'comment',
  'break',
  'break',
  'rename',
  'remove',
  'remove all',
  'policy',
  'elsewhere',
];

const placeOf = (files, id) =>
  Object.keys(files).find((path) => new RegExp(`^id: ${id}$`, 'm').test(files[path]));

/** The repository that everybody pushes to, with what was in each commit. */
export class Remote {
  /** By hash: the files of the folder, the parent, and when. */
  commits = new Map();
  head = null;
  /** Whether the branch is there. */
  isThere = true;
  #time = Date.UTC(2026, 0, 5) / 1000;

  constructor(gitdir, chance) {
    this.gitdir = gitdir;
    this.chance = chance;
  }

  async begin() {
    await git.init({ fs, gitdir: this.gitdir, bare: true, defaultBranch: 'main' });
    const files = { 'team.yaml': TEAM, 'policy.yaml': policy('file') };
    for (const id of IDS) files[`${id}.yaml`] = workflow(id, 2);
    await this.commit(files);
  }

  /** One to three commits more. */
  async push() {
    for (let count = 1 + this.chance.below(3); count > 0; count--) {
      const files = { ...this.commits.get(this.head).files };
      EDITS[this.chance.one(WEIGHTED)](files, this.chance);
      await this.commit(files);
    }
    return 'push';
  }

  /** Back by one to three commits, then perhaps on along another way. */
  async forcePush() {
    for (let back = 1 + this.chance.below(3); back > 0; back--) {
      const { parent } = this.commits.get(this.head);
      if (parent !== null) this.head = parent;
    }
    await this.point();
    if (this.chance.is(0.8)) await this.push();
    return 'force-push';
  }

  async deleteBranch() {
    await git.deleteRef({ fs, gitdir: this.gitdir, ref: 'refs/heads/main' });
    this.isThere = false;
    return 'branch deleted';
  }

  async restoreBranch() {
    this.isThere = true;
    await this.point();
    return 'branch restored';
  }

  /** The first-parent line, oldest first. */
  line(head = this.head) {
    const found = [];
    for (let sha = head; sha !== null; sha = this.commits.get(sha).parent) found.push(sha);
    return found.reverse();
  }

  /** Of a line the commits that changed the folder. */
  changes(head = this.head) {
    return this.line(head).filter((sha) => {
      const { parent, files } = this.commits.get(sha);
      return parent === null || !isSame(files, this.commits.get(parent).files);
    });
  }

  async commit(files) {
    this.#time += 60;
    const { gitdir } = this;
    const tree = await this.tree({ ...prefixed('workflows', files), 'README.md': `${this.#time}\n` });
    const author = { name: 'ops', email: 'ops@example.com', timestamp: this.#time, timezoneOffset: 0 };
    const parent = this.head === null ? [] : [this.head];
    const commit = { message: `Change ${this.#time}\n`, tree, parent, author, committer: author };
    const sha = await git.writeCommit({ fs, gitdir, commit });
    this.commits.set(sha, { files, parent: this.head, at: new Date(this.#time * 1000) });
    this.head = sha;
    await this.point();
  }

  async tree(files) {
    const { gitdir } = this;
    const folders = new Map();
    const entries = [];
    for (const [path, text] of Object.entries(files)) {
      const slash = path.indexOf('/');
      if (slash === -1) {
        const oid = await git.writeBlob({ fs, gitdir, blob: Buffer.from(text) });
        entries.push({ mode: '100644', path, oid, type: 'blob' });
      } else {
        const [folder, rest] = [path.slice(0, slash), path.slice(slash + 1)];
        folders.set(folder, { ...folders.get(folder), [rest]: text });
      }
    }
    for (const [path, inside] of folders)
      entries.push({ mode: '040000', path, oid: await this.tree(inside), type: 'tree' });
    return git.writeTree({ fs, gitdir, tree: entries });
  }

  point() {
    if (!this.isThere) return undefined;
    return git.writeRef({ fs, gitdir: this.gitdir, ref: 'refs/heads/main', value: this.head, force: true });
  }
}

const prefixed = (folder, files) =>
  Object.fromEntries(Object.entries(files).map(([path, text]) => [`${folder}/${path}`, text]));
const isSame = (one, other) =>
  Object.keys(one).length === Object.keys(other).length &&
  Object.entries(one).every(([path, text]) => other[path] === text);
