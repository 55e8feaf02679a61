import type { Asset } from './asset.js';

/** An asset as far as it matters what it was made from. */
export interface Derived extends Pick<Asset, 'key' | 'derivedFrom'> {
  /** How often what readers see of it was changed, from 1. */
  readonly revision: number;
  /** The revision of its source that it was made from; null where it has none. */
  readonly derivedRevision: number | null;
}

/**
 * By key of each asset that is stale, the asset that has changed since it was made: its source, or one that its source was made from
 * (R23). Making an asset anew, or giving it again, takes it off.
 */
export function staleSources(assets: readonly Derived[]): ReadonlyMap<string, string> {
  const byKey = new Map(assets.map((asset) => [asset.key, asset]));
  /** By key, for those that were looked at; null where nothing has changed. */
  const known = new Map<string, string | null>();
  for (const asset of assets) {
    const path: string[] = [];
    let changed: string | null = null;
    for (let each: Derived | undefined = asset; each;) {
      changed = known.get(each.key) ?? null;
      if (known.has(each.key)) break;
      // Noted before it is known, so that records of before that go round end here.
      known.set(each.key, null);
      path.push(each.key);
      const source: Derived | undefined = byKey.get(each.derivedFrom ?? '');
      changed = source && source.revision > (each.derivedRevision ?? 0) ? source.key : null;
      if (changed !== null) break;
      each = source;
    }
    for (const key of path) known.set(key, changed);
  }
  return new Map([...known].flatMap(([key, source]) => (source === null ? [] : [[key, source] as const])));
}

/** The way from an asset back to itself, were it made from that source; null where there is none. */
export function cycleThrough(
  key: string,
  source: string,
  assets: readonly Pick<Asset, 'key' | 'derivedFrom'>[],
): readonly string[] | null {
  const sources = new Map(assets.map((asset) => [asset.key, asset.derivedFrom]));
  const path = [key];
  for (let each: string | null = source; each !== null && path.length <= assets.length + 1;) {
    path.push(each);
    if (each === key) return path;
    each = sources.get(each) ?? null;
  }
  return null;
}

/** Whether readers see the same of both. */
export const readsAlike = (one: Asset, other: Asset): boolean =>
  JSON.stringify([one.text, one.offer, one.segments, one.links]) ===
  JSON.stringify([other.text, other.offer, other.segments, other.links]);
