import type { Brief } from '../campaign/state.js';
import { relativeTo } from '../calendar/checkpoints.js';
import type { Taxonomy } from '../workflow/document.js';
import type { Workflow } from '../workflow/workflow.js';
import type { Asset } from './asset.js';
import type { Coverage } from './brief.js';
import { textOf } from './drift.js';
import type { Derived } from './lineage.js';
import type { Opening } from './timing.js';

/** What a content calendar is made from. */
export interface CalendarGround {
  readonly workflow: Workflow;
  readonly brief: Brief;
  readonly assets: readonly (Asset & Derived)[];
  readonly channels: readonly Opening[];
  readonly plannedLaunchAt: Date | null;
  readonly taxonomy: Taxonomy | null;
  /** Of the Policy: days begin there. */
  readonly timezone: string;
  /** Assets that lack keywords of the brief, as last measured; the others have them all. */
  readonly coverage: readonly Coverage[];
}

/** Something that appears on a channel: an asset, something the definition plans, or both. */
export interface ContentItem {
  readonly key: string;
  readonly channel: string;
  /** When it appears; null where nobody has planned that. */
  readonly at: Date | null;
  /** Null where it is not known what the campaign is about. */
  readonly theme: string | null;
  /** Items that it leads to, and items that lead to it. */
  readonly links: readonly string[];
  readonly linkedFrom: readonly string[];
  /** Whether there is an asset of this key, and whether the definition plans it. */
  readonly isMade: boolean;
  readonly isPlanned: boolean;
  readonly coverage: Coverage | null;
}

/** What the campaign is about: what the brief says, else the definition. */
export const themeOf = ({ brief, workflow }: Pick<CalendarGround, 'brief' | 'workflow'>): string | null =>
  textOf(brief['theme']) ?? workflow.calendar?.theme ?? null;

/** Every item in the order of time, those without a time last (R21). */
export function contentItems(ground: CalendarGround): ContentItem[] {
  const { workflow, assets, channels, plannedLaunchAt: launch, coverage } = ground;
  const planned = new Map((workflow.calendar?.items ?? []).map((item) => [item.key, item]));
  const made = new Map(assets.map((asset) => [asset.key, asset]));
  const lacks = new Map(coverage.map((each) => [each.id, each]));
  const keys = [...new Set([...planned.keys(), ...made.keys()])];
  const opening = new Map(channels.map((each) => [each.channel, each.launchedAt ?? each.plannedAt]));
  const byName = new Map(keys.map((key) => [key.toLowerCase(), key]));
  const theme = themeOf(ground);
  const items = keys.map((key) => {
    const [item, asset] = [planned.get(key), made.get(key)];
    const channel = asset?.channel ?? item?.channel ?? '';
    const offset = item && launch ? relativeTo(launch, item.offset) : null;
    const links = [...(item?.links ?? []), ...(asset?.links ?? [])].flatMap(
      (link) => byName.get(itemOf(link)) ?? [],
    );
    return {
      ...{ key, channel, isMade: asset !== undefined, isPlanned: item !== undefined },
      at: asset?.plannedAt ?? offset ?? opening.get(channel) ?? launch,
      theme: asset?.theme ?? item?.theme ?? theme,
      links: [...new Set(links)].filter((link) => link !== key),
      coverage: lacks.get(key) ?? null,
    };
  });
  const linkedFrom = new Map<string, string[]>();
  for (const { key, links } of items)
    for (const link of links) linkedFrom.set(link, [...(linkedFrom.get(link) ?? []), key]);
  return items
    .map((item) => ({ ...item, linkedFrom: linkedFrom.get(item.key) ?? [] }))
    .sort((one, other) => timeOf(one) - timeOf(other) || (one.key < other.key ? -1 : 1));
}

/** Sorting takes a number that has no equal: two items without a time would give none. */
const timeOf = ({ at }: { readonly at: Date | null }): number => at?.getTime() ?? Number.MAX_SAFE_INTEGER;

/** The item that a link leads to: its key, or an address whose path ends with it, whatever the ending of the file. */
function itemOf(link: string): string {
  const [path = ''] = link.split(/[?#]/);
  const name = path.replace(/\/+$/, '').split('/').at(-1) ?? '';
  return (path.includes('/') ? name.replace(/\.[a-z]{2,5}$/i, '') : name).toLowerCase();
}
