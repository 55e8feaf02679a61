import type { AuditTexts, SealedRecord } from '../../src/application/audit-ports.js';
import { sha256 } from '../../src/application/sha256.js';
import { type Anchor, BEGINNING, linkOf } from '../../src/domain/audit/chain.js';
import {
  anchorAt,
  type Dice,
  diceOf,
  randomLog,
  randomTexts,
  textOf,
  verified,
} from '../support/audit-logs.js';

/** How often something is done to a log, and to how many logs nothing is done. */
const TAMPERINGS = Number(process.env['WEIR_TAMPERINGS'] ?? 10_000);

/** A log that somebody has changed: from which position on. */
interface Tampered {
  readonly log: readonly SealedRecord[];
  readonly first: number;
  /** What was chained anew agrees with itself: the next anchor is the first to tell, and says from where on that may be so. */
  readonly isRewritten?: true;
}

function linkAt(log: readonly SealedRecord[], at: number): SealedRecord & { readonly texts: AuditTexts } {
  const { texts = null, ...link } = log[at] ?? {};
  if (texts === null) throw new Error(`nothing is at ${at}`);
  return { ...(link as SealedRecord), texts };
}

type Tamper = (log: readonly SealedRecord[], dice: Dice, anchored: number) => Tampered;

const changedAt = (log: readonly SealedRecord[], at: number, change: Partial<SealedRecord>): SealedRecord[] =>
  log.map((each, here) => (here === at ? { ...each, ...change } : each));

/** Any character of a text, or any text of a record, as something else. */
function changedTexts(texts: AuditTexts, dice: Dice): AuditTexts {
  const field = dice.pick(Object.keys(texts) as (keyof AuditTexts)[]);
  const value = texts[field];
  if (typeof value === 'object' && value !== null)
    return { ...texts, roles: dice.pick([[], ['admin', ...value], [...value].reverse()]) };
  if (value === null) return { ...texts, [field]: dice.pick(['', 'null', '{}']) };
  if (field === 'before' || field === 'after' || field === 'origin')
    return { ...texts, [field]: changedJson(value, dice) };
  const at = dice.below(value.length + 1);
  return { ...texts, [field]: `${value.slice(0, at)}x${value.slice(at + 1)}` };
}

/** Another state: also one that only differs in how a number is written, or in a digit that few programs see. */
function changedJson(json: string, dice: Dice): string | null {
  const [number] = /\b\d+(?=[\],}])/.exec(json) ?? [];
  const others = [null, '{}', json.replace('"value"', '"valve"'), json.replace('l', 'L'), `[${json}]`];
  if (number === undefined) return dice.pick(others.filter((each) => each !== json));
  const digits = ['.0', '.00000000000000000000001', '0'].map((more) =>
    json.replace(/\b\d+(?=[\],}])/, `${number}${more}`),
  );
  return dice.pick([...others, ...digits].filter((each) => each !== json));
}

/** Chained anew from a place on, as somebody would who knows how. */
function chainedAnew(log: readonly SealedRecord[]): SealedRecord[] {
  let hash = BEGINNING;
  return log.map((each, at) => {
    hash = linkOf(sha256, hash, each.texts ? textOf(each.texts) : '');
    return { ...each, position: at + 1, hash };
  });
}

const TAMPERS: Readonly<Record<string, Tamper>> = {
  'a changed record': (log, dice) => {
    const at = dice.below(log.length);
    return { log: changedAt(log, at, { texts: changedTexts(linkAt(log, at).texts, dice) }), first: at + 1 };
  },
  'a changed bit of a hash': (log, dice) => {
    const at = dice.below(log.length);
    const bytes = Buffer.from(linkAt(log, at).hash, 'hex');
    const byte = dice.below(32);
    bytes.writeUInt8(bytes.readUInt8(byte) ^ (1 << dice.below(8)), byte);
    return { log: changedAt(log, at, { hash: bytes.toString('hex') }), first: at + 1 };
  },
  'a removed record': (log, dice) => {
    const at = dice.below(log.length);
    return { log: changedAt(log, at, { texts: null }), first: at + 1 };
  },
  'a removed place': (log, dice, anchored) => {
    const at = dice.below(anchored);
    return { log: log.filter((_, here) => here !== at), first: at + 1 };
  },
  'an end that is cut off': (log, dice, anchored) => {
    const length = dice.below(anchored);
    return { log: log.slice(0, length), first: length + 1 };
  },
  'an inserted record': (log, dice) => {
    const at = dice.below(log.length);
    const texts = dice.pick([randomTexts(dice, 900), changedTexts(linkAt(log, at).texts, dice)]);
    const added = { ...linkAt(log, at), record: texts.id, texts };
    const inserted = [...log.slice(0, at), added, ...log.slice(at)];
    return {
      log: dice.below(2) === 0 ? inserted : inserted.map((each, here) => ({ ...each, position: here + 1 })),
      first: at + 1,
    };
  },
  'a record that is there twice': (log, dice) => {
    const at = dice.below(log.length);
    return { log: [...log.slice(0, at + 1), linkAt(log, at), ...log.slice(at + 1)], first: at + 2 };
  },
  'two that changed places': (log, dice) => {
    const at = dice.below(log.length - 1);
    const other = at + 1 + dice.below(log.length - at - 1);
    const [one, two] = [linkAt(log, at), linkAt(log, other)];
    if (dice.below(2) === 0) return { log: changedAt(changedAt(log, at, two), other, one), first: at + 1 };
    const moved = changedAt(log, at, { record: two.record, texts: two.texts });
    return { log: changedAt(moved, other, { record: one.record, texts: one.texts }), first: at + 1 };
  },
  'a chain that was made anew': (log, dice, anchored) => {
    const at = dice.below(anchored);
    const changed = changedAt(log, at, { texts: changedTexts(linkAt(log, at).texts, dice) });
    return { log: chainedAnew(changed), first: at + 1, isRewritten: true };
  },
  'a chain that was made anew without one of its records': (clean, dice, anchored) => {
    const at = dice.below(anchored);
    const log = chainedAnew(clean.filter((_, here) => here !== at));
    // With the last of the anchored ones gone, there may be nothing where the anchor is.
    return { log, first: log.length < anchored ? log.length + 1 : at + 1, isRewritten: true };
  },
};

describe('the chain of audit records', () => {
  const isClean = async (seed: number) => {
    const dice = diceOf(seed);
    const log = randomLog(dice, dice.below(24));
    const anchors = log.filter(() => dice.below(8) === 0).map(({ position }) => anchorAt(log, position));
    const { wrong, records, checkpoints } = await verified(log, anchors);
    return wrong === null && records === log.length && checkpoints === anchors.length;
  };

  it('gives no false alarm', async () => {
    for (let seed = 0; seed < TAMPERINGS / 5; seed++)
      expect([seed, await isClean(seed)]).toEqual([seed, true]);
  });

  it.each(Object.entries(TAMPERS))('shows %s', async (name, tamper) => {
    const rounds = Math.ceil(TAMPERINGS / Object.keys(TAMPERS).length);
    for (let seed = 0; seed < rounds; seed++) {
      const dice = diceOf(seed);
      const clean = randomLog(dice, 2 + dice.below(14));
      const anchored = 1 + dice.below(clean.length);
      const anchors: Anchor[] = [anchorAt(clean, anchored)];
      const { log, first, isRewritten } = tamper(clean, dice, anchored);
      const { wrong } = await verified(log, anchors);
      const found = wrong?.position ?? 0;
      const isRight = wrong !== null && (isRewritten ? found <= first : found === first);
      expect([name, seed, wrong, isRight]).toEqual([name, seed, wrong, true]);
    }
  });

  it('cannot show that an end is cut off which nobody knows of', async () => {
    const log = randomLog(diceOf(1), 10);
    expect(await verified(log.slice(0, 7), [anchorAt(log, 7)])).toMatchObject({ wrong: null, records: 7 });
  });
});
