import fs from 'node:fs';
import path from 'node:path';
import { request } from './http-client.js';
import { indexPack, MAX_PACK_BYTES } from './objects/index-pack.js';

export interface PackRequest {
  readonly url: string;
  /** For HTTP's Basic authentication; null where the host lets anybody read. */
  readonly token: string | null;
  readonly gitdir: string;
  /** The object to bring, with everything behind it. */
  readonly want: string;
  /** Commits that the copy has, whole. */
  readonly haves: readonly string[];
}

/** The host has answered, and gives nothing: it does not know the object, or does not let it be asked for. */
export class NotGiven extends Error {
  override readonly name = 'NotGiven';
}

/**
 * Brings an object and what is behind it into a copy, as one pack with its index: git's smart protocol over HTTP, version 0, in one
 * exchange (gitprotocol-http(5), gitprotocol-pack(5)). The pack goes to the disk as it comes. Nothing of it can be seen before all of
 * it is there and right.
 * @throws NotGiven, DamagedObject, or what HTTP and the disk throw
 */
export async function fetchPack(asked: PackRequest): Promise<void> {
  const folder = path.join(asked.gitdir, 'objects', 'pack');
  await fs.promises.mkdir(folder, { recursive: true });
  await removeLeftovers(folder);
  const room = await fs.promises.mkdtemp(path.join(folder, 'incoming-'));
  const draft = path.join(room, 'pack');
  try {
    const bytes = await receive(asked, draft);
    // A pack of no objects has a header and a checksum: the copy has everything already.
    if (bytes <= 32) return;
    const { index, checksum } = await indexPack(draft);
    const place = path.join(folder, `pack-${checksum}`);
    await fs.promises.writeFile(`${draft}.idx`, index);
    await fs.promises.rename(draft, `${place}.pack`);
    await fs.promises.rename(`${draft}.idx`, `${place}.idx`);
  } finally {
    await fs.promises.rm(room, { recursive: true, force: true });
  }
}

/** What a process that was killed has left behind; another one at work now is not yet that old. */
const LEFTOVER_MS = 3_600_000;

async function removeLeftovers(folder: string): Promise<void> {
  for (const name of (await fs.promises.readdir(folder)).filter((each) => each.startsWith('incoming-'))) {
    const file = path.join(folder, name);
    const stat = await fs.promises.stat(file).catch(() => null);
    if (stat && Date.now() - stat.mtimeMs > LEFTOVER_MS)
      await fs.promises.rm(file, { recursive: true, force: true });
  }
}

async function receive({ url, token, want, haves }: PackRequest, draft: string): Promise<number> {
  const type = 'application/x-git-upload-pack';
  const response = await request({
    url: `${url}/git-upload-pack`,
    method: 'POST',
    headers: {
      'content-type': `${type}-request`,
      accept: `${type}-result`,
      ...(token === null ? {} : { authorization: basic(token) }),
    },
    body: [Buffer.from(asking(want, haves))],
    maxBytes: MAX_PACK_BYTES,
  });
  const { statusCode, statusMessage, headers, body } = response;
  if (statusCode !== 200) throw new Error(`HTTP ${statusCode} ${statusMessage}`);
  if (headers?.['content-type']?.startsWith(`${type}-result`) !== true)
    throw new Error('the host does not answer as git does');
  const file = await fs.promises.open(draft, 'w');
  try {
    let bytes = 0;
    for await (const line of packetLines(body)) {
      const text = line.toString('latin1', 0, 4);
      if (text === 'NAK\n' || text === 'ACK ') continue;
      if (text === 'ERR ') throw new NotGiven(said(line.subarray(4)));
      const [band] = line;
      if (band === ERROR) throw new NotGiven(said(line.subarray(1)));
      if (band === PACK) bytes += (await file.write(line, 1)).bytesWritten;
    }
    return bytes;
  } finally {
    await file.close();
  }
}

/** Which of the three streams in one a packet belongs to; the third tells how far the host is. */
const PACK = 1;
const ERROR = 3;

const basic = (token: string): string => `Basic ${Buffer.from(`x-access-token:${token}`).toString('base64')}`;

/** What a host says is shown to people, so it is short and in one line. */
const said = (line: Buffer): string =>
  `the host says: ${line.toString('utf8').replaceAll(/\s+/g, ' ').trim().slice(0, 200)}`;

const asking = (want: string, haves: readonly string[]): string =>
  [
    packet(`want ${want} side-band-64k ofs-delta no-progress agent=weir\n`),
    '0000',
    ...haves.map((each) => packet(`have ${each}\n`)),
    packet('done\n'),
  ].join('');

/** Four hexadecimal digits that count themselves, and what they count (gitprotocol-common(5)). */
const packet = (line: string): string => (line.length + 4).toString(16).padStart(4, '0') + line;

async function* packetLines(body: AsyncIterable<Uint8Array>): AsyncGenerator<Buffer> {
  let rest: Buffer = Buffer.alloc(0);
  for await (const part of body) {
    rest = rest.length === 0 ? Buffer.from(part) : Buffer.concat([rest, part]);
    let at = 0;
    while (rest.length - at >= 4) {
      const length = Number.parseInt(rest.toString('latin1', at, at + 4), 16);
      if (Number.isNaN(length)) throw new Error('the host does not answer as git does');
      // Below four there are no contents: the end of a part.
      const end = at + Math.max(length, 4);
      if (end > rest.length) break;
      if (length > 4) yield rest.subarray(at + 4, end);
      at = end;
    }
    rest = rest.subarray(at);
  }
  if (rest.length > 0) throw new Error('the answer was cut off');
}
