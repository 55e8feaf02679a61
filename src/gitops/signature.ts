import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import sshpk from 'sshpk';
import type { CommitSignature } from '../application/ports.js';
import { RepositoryError } from './repository-error.js';

/** Keys whose signatures count. */
export interface Signers {
  /** Armoured OpenPGP public keys. */
  readonly pgp: string;
  /** Public keys by who may sign with them, as in `gpg.ssh.allowedSignersFile` of git. */
  readonly ssh: readonly { readonly who: string; readonly key: Buffer }[];
}

/**
 * Reads a file of armoured OpenPGP keys and lines of an allowed signers file (ssh-keygen(1)), in any order.
 * @throws RepositoryError where it cannot be read, something in it is no key, or there is none
 */
export async function readSigners(file: string): Promise<Signers> {
  const text = await readFile(file, 'utf8').catch((error: Error) => {
    throw new RepositoryError(`the keys of WEIR_SIGNERS cannot be read: ${error.message}`, { cause: error });
  });
  return parseSigners(text).catch((error: Error) => {
    throw new RepositoryError(`${file}: ${error.message}`, { cause: error });
  });
}

/** The keys of a file, which are read anew when they are asked for so. */
export class SignersFile {
  #read: Promise<Signers> | null = null;

  constructor(private readonly file: string) {}

  get(): Promise<Signers> {
    return (this.#read ??= readSigners(this.file).catch((error: unknown) => {
      // A file that is mended is read anew.
      this.#read = null;
      throw error;
    }));
  }

  /** @returns what changes with the keys */
  async refresh(): Promise<string> {
    this.#read = null;
    return createHash('sha256')
      .update(JSON.stringify(await this.get()))
      .digest('hex');
  }
}

async function parseSigners(text: string): Promise<Signers> {
  const pgp = (text.match(PGP_KEY) ?? []).join('\n');
  const ssh = text.replaceAll(PGP_KEY, '').split('\n').flatMap(signerIn);
  if (pgp === '' && ssh.length === 0) throw new Error('there is no key in it');
  if (pgp !== '') {
    const openpgp = await import('openpgp');
    await openpgp.readKeys({ armoredKeys: pgp }).catch((error: Error) => {
      throw new Error(`an OpenPGP key cannot be read: ${error.message}`, { cause: error });
    });
  }
  return { pgp, ssh };
}

function signerIn(line: string): Signers['ssh'] {
  if (/^\s*(?:#|$)/.test(line)) return [];
  const [, who = '', text = ''] = /^([^\s"]+)\s+(?:ssh|ecdsa|sk-)\S+\s+([A-Za-z0-9+/=]+)/.exec(line) ?? [];
  // A restriction that is not understood must not be taken for none.
  if (text === '') throw new Error(`'${line.slice(0, 60)}' is not 'who type key'; options are not taken`);
  const key = Buffer.from(text, 'base64');
  try {
    sshpk.parseKey(key, 'rfc4253');
  } catch (error) {
    throw new Error(`the key of '${who}' cannot be read`, { cause: error });
  }
  return [{ who, key }];
}

const PGP_KEY = /-----BEGIN PGP PUBLIC KEY BLOCK-----[\s\S]*?-----END PGP PUBLIC KEY BLOCK-----/g;

export const UNSIGNED: CommitSignature = { state: 'none', kind: null, signedBy: null };

/**
 * What a commit's signature says (gitformat-signature(5)).
 * @param content the commit object; the signature was made of it without itself
 * @param signature its armour; null where there is none
 * @param signers null where no keys are known: then nothing is verified
 */
export async function judgeSignature(
  content: Buffer,
  signature: string | null,
  signers: Signers | null,
): Promise<CommitSignature> {
  if (signature === null) return UNSIGNED;
  const signed = withoutSignature(content);
  try {
    if (signature.startsWith('-----BEGIN SSH SIGNATURE')) return judgeSsh(signed, signature, signers);
    if (signature.startsWith('-----BEGIN PGP')) return await judgePgp(signed, signature, signers);
    return { state: 'present', kind: signature.includes('SIGNED MESSAGE') ? 'x509' : null, signedBy: null };
  } catch {
    // Whatever cannot be read as a signature is none that holds.
    return { state: 'invalid', kind: null, signedBy: null };
  }
}

/** The commit without its `gpgsig` headers and the lines that go on with them. */
function withoutSignature(content: Buffer): Buffer {
  const text = content.toString('latin1');
  const end = text.indexOf('\n\n');
  const headers = text.slice(0, end + 1).replace(/^gpgsig(?:-sha256)? .*\n(?: .*\n)*/gm, '');
  return Buffer.from(headers + text.slice(end + 1), 'latin1');
}

async function judgePgp(
  signed: Buffer,
  armoredSignature: string,
  signers: Signers | null,
): Promise<CommitSignature> {
  // Loaded where there is something to verify; most repositories have nothing.
  const openpgp = await import('openpgp');
  const signature = await openpgp.readSignature({ armoredSignature });
  const key = signature.getSigningKeyIDs()[0]?.toHex().toUpperCase() ?? null;
  const known = (state: CommitSignature['state'], signedBy = key): CommitSignature => ({
    state,
    kind: 'pgp',
    signedBy,
  });
  if (signers === null) return known('present');
  const keys = signers.pgp === '' ? [] : await openpgp.readKeys({ armoredKeys: signers.pgp });
  const verificationKeys = keys.map((each) => each.toPublic());
  const owner = verificationKeys.find((each) =>
    each.getKeyIDs().some((id) => id.toHex().toUpperCase() === key),
  );
  if (!owner) return known('unknown-key');
  const message = await openpgp.createMessage({ binary: new Uint8Array(signed) });
  // Judged at the time of the signature: that a key has expired since does not undo what it signed.
  const date = signature.packets[0]?.created ?? new Date();
  const { signatures } = await openpgp.verify({ message, signature, verificationKeys, date });
  const isValid = await (signatures[0]?.verified ?? Promise.resolve(false)).catch(() => false);
  return known(isValid ? 'valid' : 'invalid', owner.users[0]?.userID?.userID ?? key);
}

/** PROTOCOL.sshsig of OpenSSH: a blob with the key, the namespace, the hash and the signature. */
function judgeSsh(signed: Buffer, armour: string, signers: Signers | null): CommitSignature {
  const fields = new Fields(Buffer.from(armour.replace(/-----.*-----|\s/g, ''), 'base64'));
  if (fields.take(6).toString() !== 'SSHSIG' || fields.take(4).readUInt32BE() !== 1)
    throw new Error('not SSHSIG');
  const blob = fields.string();
  const [namespace, reserved, hash] = [fields.string(), fields.string(), fields.string()];
  const signature = fields.string();
  const fingerprint = `SHA256:${createHash('sha256').update(blob).digest('base64').replace(/=+$/, '')}`;
  const known = (state: CommitSignature['state'], signedBy = fingerprint): CommitSignature => ({
    state,
    kind: 'ssh',
    signedBy,
  });
  const algorithm = hash.toString();
  if (namespace.toString() !== 'git' || !/^sha(256|512)$/.test(algorithm)) return known('invalid');
  const digest = createHash(algorithm).update(signed).digest();
  const message = [Buffer.from('SSHSIG'), ...[namespace, reserved, hash, digest].map(prefixed)];
  const isIntact = verifies(blob, signature, Buffer.concat(message));
  if (!isIntact) return known('invalid');
  if (signers === null) return known('present');
  const owner = signers.ssh.find(({ key }) => key.equals(blob));
  return owner ? known('valid', owner.who) : known('unknown-key');
}

function verifies(blob: Buffer, signature: Buffer, message: Buffer): boolean {
  const key = sshpk.parseKey(blob, 'rfc4253');
  const name = new Fields(signature).string().toString();
  const hash = name === 'rsa-sha2-512' || key.type === 'ed25519' ? 'sha512' : undefined;
  const verifier = key.createVerify(hash ?? (name === 'rsa-sha2-256' ? 'sha256' : undefined));
  verifier.update(message);
  return verifier.verify(sshpk.parseSignature(signature, key.type as sshpk.AlgorithmType, 'ssh'));
}

/** Reads a blob from its beginning (RFC 4251, section 5). */
class Fields {
  #at = 0;
  constructor(private readonly blob: Buffer) {}

  take(bytes: number): Buffer {
    const end = this.#at + bytes;
    if (end > this.blob.length) throw new Error('the blob ends in the middle');
    return this.blob.subarray(this.#at, (this.#at = end));
  }
  string(): Buffer {
    return this.take(this.take(4).readUInt32BE());
  }
}

function prefixed(field: Buffer): Buffer {
  const length = Buffer.alloc(4);
  length.writeUInt32BE(field.length);
  return Buffer.concat([length, field]);
}
