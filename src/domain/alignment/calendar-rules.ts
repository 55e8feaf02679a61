import { type CalendarGround, type ContentItem, contentItems, themeOf } from './content-calendar.js';
import { listOf } from './drift.js';
import { staleSources } from './lineage.js';
import { messageWindows, type MessageWindow } from './message-windows.js';
import { wordProblems } from './vocabulary.js';

/** What a content calendar is held against, by what each rule asks. */
export const CALENDAR_RULES = {
  theme: 'An item is about what the campaign is about (R21).',
  links: 'Enough other items link to an item (R21).',
  keywords: 'An asset has at least one keyword of the brief (R22).',
  sequence: 'A message follows another within its window (R24).',
  'stale-source': 'What an asset was made from has not changed since (R23).',
  'unknown-offer': 'An offer is one of the Taxonomy (R49).',
  'unknown-segment': 'A segment is one of the Taxonomy (R49).',
  'offer-not-valid': 'An offer holds when readers see it (R49).',
} as const;
export type CalendarRule = keyof typeof CALENDAR_RULES;

export interface CalendarViolation {
  readonly rule: CalendarRule;
  /** Null where it is the brief. */
  readonly item: string | null;
  readonly channel: string | null;
  readonly message: string;
  /** What would mend it. */
  readonly mend: string;
}
export interface PlannedContent {
  readonly theme: string | null;
  readonly minLinks: number;
  readonly keywords: readonly string[];
  readonly items: readonly ContentItem[];
  readonly windows: readonly MessageWindow[];
  /** In the order of the items, what concerns none of them last. */
  readonly violations: readonly CalendarViolation[];
}

/** What is published when and where, and what of it does not fit. */
export function contentCalendar(ground: CalendarGround): PlannedContent {
  const theme = themeOf(ground);
  const minLinks = ground.workflow.calendar?.minLinks ?? 0;
  const items = contentItems(ground);
  const windows = messageWindows(ground);
  const stale = staleSources(ground.assets);
  const assets = new Map(ground.assets.map((asset) => [asset.key, asset]));
  const ofItems = items.flatMap((item): CalendarViolation[] => {
    const { offer = null, segments = [] } = assets.get(item.key) ?? {};
    const used = { offers: offer === null ? [] : [offer], segments, at: item.at };
    return [
      ...wrongTheme(item, theme),
      ...(items.length > 1 ? fewLinks(item, minLinks) : []),
      ...noKeyword(item),
      ...madeFromChanged(item, stale.get(item.key) ?? null),
      ...wrongWords(ground, used, item),
    ];
  });
  const { brief, plannedLaunchAt: at } = ground;
  const told = { offers: listOf(brief['offerCode']), segments: listOf(brief['segments']), at };
  return {
    ...{ theme, minLinks, keywords: listOf(brief['keywords']), items, windows },
    violations: [...ofItems, ...windows.flatMap(outsideWindow), ...wrongWords(ground, told, null)],
  };
}

const about = ({ key: item, channel }: ContentItem) => ({ item, channel });

function wrongTheme(item: ContentItem, theme: string | null): CalendarViolation[] {
  if (theme === null || item.theme === null || item.theme.trim().toLowerCase() === theme.trim().toLowerCase())
    return [];
  const message = `'${item.key}' is about '${item.theme}', the campaign about '${theme}'`;
  return [{ rule: 'theme', ...about(item), message, mend: `give it the theme '${theme}', or leave it out` }];
}

function fewLinks(item: ContentItem, needed: number): CalendarViolation[] {
  const { length: links } = item.linkedFrom;
  if (links >= needed) return [];
  const message = `${links === 0 ? 'nothing links' : `only ${links} of ${needed} link`} to '${item.key}'`;
  const mend = `name '${item.key}' in the links of ${needed - links} other ${needed - links === 1 ? 'item' : 'items'}`;
  return [{ rule: 'links', ...about(item), message, mend }];
}

function noKeyword(item: ContentItem): CalendarViolation[] {
  const { covered, missing } = item.coverage ?? { covered: [], missing: [] };
  if (covered.length > 0 || missing.length === 0) return [];
  const message = `'${item.key}' has none of the keywords ${missing.join(', ')}`;
  return [{ rule: 'keywords', ...about(item), message, mend: 'use at least one of them in its text' }];
}

function madeFromChanged(item: ContentItem, source: string | null): CalendarViolation[] {
  if (source === null) return [];
  const message = `'${item.key}' was made from '${source}', which has changed since`;
  const mend = `make it anew, or give it again as it is where the change does not matter to it`;
  return [{ rule: 'stale-source', ...about(item), message, mend }];
}

const RULE_OF = {
  UNKNOWN_OFFER: 'unknown-offer',
  UNKNOWN_SEGMENT: 'unknown-segment',
  OFFER_NOT_VALID: 'offer-not-valid',
} as const;

function wrongWords(
  { taxonomy, timezone }: CalendarGround,
  used: Parameters<typeof wordProblems>[1],
  item: ContentItem | null,
): CalendarViolation[] {
  const where = item ? about(item) : { item: null, channel: null };
  return wordProblems(taxonomy, used, timezone).map(({ code, message, mend }) => ({
    ...{ rule: RULE_OF[code], ...where, mend },
    message: `${item ? `'${item.key}'` : 'the brief'}: ${message}`,
  }));
}

const time = (date: Date): string => `${date.toISOString().slice(0, 16).replace('T', ' ')} UTC`;

function outsideWindow(window: MessageWindow): CalendarViolation[] {
  const { step, after, channel, at, earliest, latest, isKept } = window;
  if (isKept !== false || !at || !earliest) return [];
  const until = latest ? ` and ${time(latest)}` : '';
  const between = `${latest ? 'between' : 'from'} ${time(earliest)}${until}${latest ? '' : ' on'}`;
  const early = at < earliest ? 'too early' : 'too late';
  const message = `'${step}' comes at ${time(at)}, ${early} after '${after}'`;
  return [{ rule: 'sequence', item: step, channel, message, mend: `plan it ${between}, or move '${after}'` }];
}
