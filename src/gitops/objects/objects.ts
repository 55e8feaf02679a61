import { hash } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { inflateSync } from 'node:zlib';
import { LRUCache } from 'lru-cache';
import { DamagedObject, ObjectTooLarge } from './delta.js';
import type { GitObject } from './entry.js';
import { Pack } from './pack.js';

/** As much as is kept of what deltas build on; a chain of trees of ten thousand entries fits in. */
const BASES_BYTES = 16 * 1024 * 1024;
/** A loose object above this is refused before memory is spent on it. */
const MAX_LOOSE_BYTES = 64 * 1024 * 1024;
/** Repositories that borrow objects from others do so in one or two steps. */
const MAX_ALTERNATES = 8;

/**
 * Reads objects of a repository on disk, packed or loose, and those that it borrows from others. Reading a history asks for
 * five objects a commit; isomorphic-git looks for each of them in the file system first and inflates deltas anew, which
 * takes tens of times as long (docs/adr/0007). Everything else of git is left to it.
 */
export class Objects {
  #folders: readonly string[];
  /** The copy that was read before; what the host does not have any more is only there. */
  #before: Objects | null = null;
  readonly #packs = new Map<string, Pack>();
  /** Names of loose objects, by folder; listed once between refreshes. */
  readonly #loose = new Map<string, ReadonlySet<string>>();

  constructor(private gitdir: string) {
    this.#folders = withAlternates(path.join(gitdir, 'objects'));
  }

  /**
   * @throws DamagedObject where the contents do not have the name
   */
  read(oid: string): GitObject | null {
    const known = this.find(oid);
    if (known) return known;
    // A fetch, a push or a repacking may have come in between.
    this.refresh();
    return this.find(oid) ?? this.#before?.read(oid) ?? null;
  }

  /** Reads another copy from now on. @param keeps whether what is missing there is looked for in this one */
  moveTo(gitdir: string, keeps: boolean): void {
    const before = keeps ? new Objects(this.gitdir) : null;
    this.close();
    this.#before = before;
    this.gitdir = gitdir;
    this.#folders = withAlternates(path.join(gitdir, 'objects'));
  }

  /** Full names that begin with at least four hexadecimal digits. */
  namesLike(prefix: string): string[] {
    if (!/^[0-9a-f]{4,40}$/.test(prefix)) return [];
    this.refresh();
    const names = new Set([...this.#packs.values()].flatMap((pack) => pack.namesLike(prefix)));
    for (const folder of this.#folders)
      for (const rest of this.looseIn(folder, prefix.slice(0, 2)))
        if (`${prefix.slice(0, 2)}${rest}`.startsWith(prefix)) names.add(prefix.slice(0, 2) + rest);
    return [...names];
  }

  close(): void {
    for (const pack of this.#packs.values()) pack.close();
    this.#packs.clear();
    this.#loose.clear();
    this.#before?.close();
  }

  private find(oid: string): GitObject | null {
    const object = this.readPacked(oid) ?? this.readLoose(oid);
    if (object && nameOf(object) !== oid) throw new DamagedObject(`the contents of ${oid} are damaged`);
    return object;
  }

  private readPacked(oid: string): GitObject | null {
    for (const pack of this.#packs.values()) {
      const object = pack.read(oid);
      if (object) return object;
    }
    return null;
  }

  private readLoose(oid: string): GitObject | null {
    const [start, rest] = [oid.slice(0, 2), oid.slice(2)];
    const folder = this.#folders.find((each) => this.looseIn(each, start).has(rest));
    if (folder === undefined) return null;
    try {
      const raw = fs.readFileSync(path.join(folder, start, rest));
      return fromLoose(inflateSync(raw, { maxOutputLength: MAX_LOOSE_BYTES }), oid);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
      if ((error as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE')
        throw new ObjectTooLarge(`object ${oid} is above 64 MiB`);
      throw new DamagedObject(`object ${oid} cannot be read`, { cause: error });
    }
  }

  private looseIn(folder: string, start: string): ReadonlySet<string> {
    const place = path.join(folder, start);
    let names = this.#loose.get(place);
    if (!names) {
      names = new Set(entriesOf(place));
      this.#loose.set(place, names);
    }
    return names;
  }

  private refresh(): void {
    this.#loose.clear();
    const present = new Set(
      this.#folders.flatMap((folder) =>
        entriesOf(path.join(folder, 'pack'))
          .filter((name) => name.endsWith('.pack'))
          .map((name) => path.join(folder, 'pack', name))
          .filter((pack) => fs.existsSync(pack.replace(/pack$/, 'idx'))),
      ),
    );
    for (const [place, pack] of this.#packs) {
      if (present.has(place)) continue;
      pack.close();
      this.#packs.delete(place);
    }
    for (const place of present) {
      if (this.#packs.has(place)) continue;
      const bases = new LRUCache<number, GitObject>({
        maxSize: BASES_BYTES,
        sizeCalculation: ({ content }) => content.length + 64,
      });
      this.#packs.set(place, new Pack(place, bases, (oid) => this.readPacked(oid) ?? this.readLoose(oid)));
    }
  }
}

const entriesOf = (folder: string): string[] => {
  try {
    return fs.readdirSync(folder);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw error;
  }
};

/** The repository's own objects first, then those of the repositories it borrows from. */
function withAlternates(own: string): string[] {
  const folders = [own];
  for (let at = 0; at < folders.length && at < MAX_ALTERNATES; at++) {
    const folder = folders[at] ?? own;
    const list = path.join(folder, 'info', 'alternates');
    if (!fs.existsSync(list)) continue;
    const lines = fs.readFileSync(list, 'utf8').split('\n');
    for (const line of lines.filter((each) => each !== '' && !each.startsWith('#'))) {
      const other = path.resolve(folder, line);
      if (!folders.includes(other)) folders.push(other);
    }
  }
  return folders;
}

const isType = (name: string): name is GitObject['type'] => ['commit', 'tree', 'blob', 'tag'].includes(name);

/** `blob 12\0…` (gitformat-loose). */
function fromLoose(raw: Buffer, oid: string): GitObject {
  const end = raw.indexOf(0);
  const type = raw.toString('latin1', 0, raw.indexOf(' '));
  if (end === -1 || !isType(type)) throw new DamagedObject(`object ${oid} has no header`);
  return { type, content: raw.subarray(end + 1) };
}

const nameOf = ({ type, content }: GitObject): string =>
  hash('sha1', Buffer.concat([Buffer.from(`${type} ${content.length}\0`), content]));
