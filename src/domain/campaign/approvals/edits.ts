import { briefChanges } from '../brief.js';
import type { Brief } from '../state.js';
import { briefIn, type Content, contentText, type Scope } from './scope.js';

/** What there was to see at one moment. */
export interface Held {
  readonly brief: Brief;
  readonly assets: readonly Content[];
}
/** One change of a brief or an asset; null where it changed the other. */
export interface Edit {
  readonly at: Date;
  readonly actor: string;
  readonly brief: Brief | null;
  readonly asset: Content | null;
}

/** More than anybody reads. */
const TOLD = 5;

/** What of a scope differs between two moments, as ends of a sentence. */
export function differences(scope: Scope, before: Held, after: Held): string[] {
  const [was, is] = [before, after].map(({ brief }) => Object.fromEntries(briefIn(scope, brief)));
  const fields = briefChanges(was ?? {}, is ?? {}).map(({ field }) => `'${field}'`);
  const told = fields.length === 0 ? [] : [`${fields.join(' and ')} of the brief changed`];
  const textOf = (key: string, { assets }: Held) =>
    contentText(
      scope,
      {},
      assets.filter((each) => each.key === key),
    );
  const assets = after.assets.flatMap(({ key }) => {
    if (textOf(key, before) === textOf(key, after)) return [];
    return [`asset '${key}' ${before.assets.some((each) => each.key === key) ? 'changed' : 'was added'}`];
  });
  return [...told, ...assets];
}

/**
 * What has changed since something was looked at, by whom and when, in words (R37).
 * @param edits oldest first
 * @param wasSeen whether that is what was looked at
 */
export function changedSince(edits: readonly Edit[], scope: Scope, wasSeen: (held: Held) => boolean): string {
  let held: Held = { brief: {}, assets: [] };
  let isKnown = wasSeen(held);
  let since: string[] = [];
  for (const { at, actor, brief, asset } of edits) {
    const next: Held = {
      brief: brief ?? held.brief,
      assets: asset ? [...held.assets.filter(({ key }) => key !== asset.key), asset] : held.assets,
    };
    const what = differences(scope, held, next);
    held = next;
    if (what.length === 0) continue;
    const isSeen = wasSeen(held);
    since = isSeen ? [] : [...since, `${what.join(' and ')}, by ${actor} at ${at.toISOString()}`];
    isKnown ||= isSeen;
  }
  const last = since.slice(isKnown ? -TOLD : -1);
  const more = isKnown && since.length > TOLD ? [`${since.length - TOLD} earlier changes`] : [];
  const told = [...more, ...last].join('; ');
  if (isKnown) return told;
  return `the contentHash that was given belongs to no known version of it${told === '' ? '' : `; the last change: ${told}`}`;
}
