import type { Asset, FlaggedAsset } from '../alignment/asset.js';
import { cycleThrough, type Derived, readsAlike, staleSources } from '../alignment/lineage.js';
import { wordProblems } from '../alignment/vocabulary.js';
import type { Taxonomy } from '../workflow/document.js';
import { accept, type Decision, notRunning, refuse } from './actions.js';
import { type Actor, lacking } from './actor.js';
import { afterAssets } from './approvals/invalidate.js';
import { isKey, wrongFlags } from './input.js';
import { inPast } from './launch-plan.js';
import { didYouMean, type Refusal, refusal } from './refusal.js';
import type { Situation } from './situation.js';
import { notTheirChannel } from './spokes.js';

/** Comparing more takes longer than anybody waits for an answer, and no campaign has as many. */
const MAX_ASSETS = 1_000;
/** A longer text is a document, not what a channel publishes. */
const MAX_TEXT = 1_000_000;
/** All texts of a campaign; more could not be compared while somebody waits. */
const MAX_TEXTS = 5_000_000;
const MAX_LIST = 100;
const MAX_ENTRY = 2_000;

/** What its words and its time are held against: the Taxonomy that the campaign is pinned to, when it launches, and the present. */
export interface Ground {
  readonly taxonomy: Taxonomy | null;
  readonly plannedLaunchAt: Date | null;
  readonly now: Date;
}

/** Adds an asset, or puts another in the place of the one with its key. The same again changes nothing, but takes off that it is stale. */
export function addAsset(
  situation: Situation,
  actor: Actor,
  asset: FlaggedAsset,
  existing: readonly (FlaggedAsset & Derived)[],
  ground: Ground,
): Decision {
  const denied = lacking(actor, 'contributor') ?? notRunning(situation);
  if (denied) return refuse(denied);
  const { key, channel, text, segments, links, offer, theme, derivedFrom } = asset;
  const invalid = (message: string): Decision => refuse(refusal('INVALID_INPUT', message, { rule: key }));
  if (!isKey(key)) return invalid('the key of an asset has letters, digits, dots and dashes, at most 100');
  const channels = [...situation.campaign.channels.keys()];
  if (!channels.includes(channel)) {
    const message = `the campaign has no channel '${channel}'${didYouMean(channel, channels)}`;
    return refuse(refusal('UNKNOWN_CHANNEL', message, { rule: key }));
  }
  const known = existing.find((each) => each.key === key);
  const notTheirs = [...new Set([known?.channel ?? channel, channel])].flatMap(
    (each) => notTheirChannel(situation.workflow, each, actor, `'${key}' is published there`) ?? [],
  );
  if (notTheirs[0]) return refuse(notTheirs[0]);
  if (text.length > MAX_TEXT) return invalid(`a text has at most ${MAX_TEXT} characters`);
  const others = existing.reduce((sum, each) => sum + (each.key === key ? 0 : each.text.length), 0);
  if (others + text.length > MAX_TEXTS)
    return invalid(`the texts of a campaign have at most ${MAX_TEXTS} characters together`);
  for (const [what, entries] of [
    ['segments', segments],
    ['links', links],
  ] as const) {
    if (entries.length > MAX_LIST) return invalid(`an asset has at most ${MAX_LIST} ${what}`);
    if (entries.some((entry) => entry.trim() === '' || entry.length > MAX_ENTRY))
      return invalid(`one of the ${what} is empty or has more than ${MAX_ENTRY} characters`);
  }
  if (offer !== null && (offer.trim() === '' || offer.length > MAX_ENTRY))
    return invalid(`the offer is empty or has more than ${MAX_ENTRY} characters`);
  if (derivedFrom !== null && (derivedFrom === key || !existing.some((each) => each.key === derivedFrom))) {
    const others = existing.map((each) => each.key).filter((each) => each !== key);
    return invalid(`there is no other asset '${derivedFrom}'${didYouMean(derivedFrom, others)}`);
  }
  if (theme !== null && (theme.trim() === '' || theme.length > MAX_ENTRY))
    return invalid(`the theme is empty or has more than ${MAX_ENTRY} characters`);
  const cycle = derivedFrom === null ? null : cycleThrough(key, derivedFrom, existing);
  if (cycle) {
    const message = `'${key}' cannot be made from '${derivedFrom ?? ''}': ${cycle.join(' is made from ')}`;
    return refuse(refusal('LINEAGE_CYCLE', message, { rule: key }));
  }
  const wrongFlag = wrongFlags('an asset', asset.flags) ?? saysLess(situation, actor, asset, existing);
  if (wrongFlag) return refuse(wrongFlag);
  const isMoved = asset.plannedAt?.getTime() !== known?.plannedAt?.getTime();
  const over = isMoved ? inPast([{ channel, asset: key, plannedAt: asset.plannedAt }], ground.now) : null;
  if (over) return refuse(over);
  const [wrong, ...more] = wrongWords(situation, asset, ground);
  if (wrong) return refuse(wrong, ...more);
  if (existing.length >= MAX_ASSETS && !existing.some((each) => each.key === key))
    return invalid(`a campaign has at most ${MAX_ASSETS} assets`);
  const isSame = known && isEqual(known, asset) && !staleSources(existing).has(key);
  if (isSame) return accept();
  const after = [...existing.filter((each) => each.key !== key), asset];
  return accept({ type: 'asset', asset }, ...afterAssets(situation, key, { before: existing, after }));
}

/** That an asset contains less than was said takes a steward, as it does for a campaign (R40). */
function saysLess(
  { campaign: { facts } }: Situation,
  actor: Actor,
  { key, flags }: FlaggedAsset,
  existing: readonly FlaggedAsset[],
): Refusal | null {
  const known = existing.find((each) => each.key === key)?.flags ?? [];
  const gone = known.filter((flag) => !flags.includes(flag));
  if (gone.length === 0 || !lacking(actor, 'steward')) return null;
  const message = `'${actor.name}' may say that '${key}' of '${facts.key}' contains more, not that it has no ${gone.join(' and ')} any more: that takes a steward`;
  return refusal('ROLE_MISSING', message, { rule: key, missing: ['steward'], askRole: ['steward'] });
}

const isSameSet = (one: readonly string[], other: readonly string[]): boolean =>
  one.length === other.length && one.every((each) => other.includes(each));

const isEqual = (one: FlaggedAsset, other: FlaggedAsset): boolean =>
  readsAlike(one, other) &&
  one.channel === other.channel &&
  one.theme === other.theme &&
  one.derivedFrom === other.derivedFrom &&
  isSameSet(one.flags, other.flags) &&
  one.plannedAt?.getTime() === other.plannedAt?.getTime();

/** What is wrong with its offer and its segments, at the time at which readers see it. */
function wrongWords(
  { campaign, policy }: Situation,
  { key, channel, offer, segments, plannedAt }: Asset,
  { taxonomy, plannedLaunchAt }: Ground,
): Refusal[] {
  const { launchedAt = null, plannedAt: opensAt = null } = campaign.channels.get(channel) ?? {};
  const at = plannedAt ?? launchedAt ?? opensAt ?? plannedLaunchAt;
  const used = { offers: offer === null ? [] : [offer], segments, at };
  return wordProblems(taxonomy, used, policy.timezone).map(({ code, message, mend }) =>
    refusal(code, message, { rule: key, missing: [mend] }),
  );
}
