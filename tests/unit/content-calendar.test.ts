import fc from 'fast-check';
import type { Asset } from '../../src/domain/alignment/asset.js';
import { type CalendarRule, contentCalendar } from '../../src/domain/alignment/calendar-rules.js';
import type { CalendarGround } from '../../src/domain/alignment/content-calendar.js';
import { cycleThrough, type Derived, staleSources } from '../../src/domain/alignment/lineage.js';
import { wordProblems } from '../../src/domain/alignment/vocabulary.js';
import type { Taxonomy } from '../../src/domain/workflow/document.js';
import { CONTENT_LAUNCH } from '../support/brief-world.js';
import { workflowOf } from '../support/play.js';

const workflow = workflowOf(CONTENT_LAUNCH);
const HOUR = 3_600_000;
const launch = new Date('2026-12-21T10:00:00Z');
const at = (hours: number) => new Date(launch.getTime() + hours * HOUR);

const taxonomy: Taxonomy = {
  ...{ key: 'words', channels: [], tones: [], signals: [], tools: [] },
  segments: [{ key: 'smb', name: 'Small business' }],
  offers: [{ key: 'SPRING25', percent: 25, validFrom: '2026-12-01', validTo: '2026-12-31' }],
};
const made = (key: string, more: Partial<Asset & Derived> = {}): Asset & Derived => ({
  ...{
    key,
    channel: 'email',
    text: 'Lamps.',
    offer: null,
    segments: [],
    links: [],
    theme: null,
    plannedAt: null,
  },
  ...{ derivedFrom: null, revision: 1, derivedRevision: null, ...more },
});
const ground = (more: Partial<CalendarGround> = {}): CalendarGround => ({
  ...{
    workflow,
    brief: {},
    assets: [],
    plannedLaunchAt: launch,
    taxonomy,
    timezone: 'Europe/Berlin',
    coverage: [],
  },
  channels: [
    { channel: 'social', plannedAt: at(-24), launchedAt: null },
    { channel: 'email', plannedAt: launch, launchedAt: null },
  ],
  ...more,
});
const broken = (more: Partial<CalendarGround>): [CalendarRule, string | null][] =>
  contentCalendar(ground(more)).violations.map(({ rule, item }) => [rule, item]);

describe('the content calendar', () => {
  it('has what the definition plans and what is made, in the order of time', () => {
    const { items, theme, violations } = contentCalendar(
      ground({
        assets: [made('teaser', { channel: 'social' }), made('faq', { plannedAt: at(5), links: ['story'] })],
      }),
    );
    expect(theme).toBe('spring');
    expect(items.map(({ key, isMade, isPlanned, at: when }) => [key, isMade, isPlanned, when])).toEqual([
      ['teaser', true, true, at(-24)],
      ['story', false, true, launch],
      ['faq', true, false, at(5)],
    ]);
    expect(violations).toEqual([
      {
        ...{ rule: 'links', item: 'faq', channel: 'email', message: "nothing links to 'faq'" },
        mend: "name 'faq' in the links of 1 other item",
      },
    ]);
  });

  it('holds the theme, which the brief may set, and counts links by key or address (R21)', () => {
    const links = ['https://example.com/blog/FAQ.html?utm=x#top'];
    const assets = [made('faq', { theme: ' Spring' }), made('story', { links })];
    expect(broken({ assets })).toEqual([]);
    expect(broken({ assets: [made('faq', { theme: 'winter' }), made('story', { links })] })).toEqual([
      ['theme', 'faq'],
    ]);
    expect(broken({ assets, brief: { theme: 'winter' } })).toHaveLength(3);
  });

  it('asks for a keyword in every asset (R22)', () => {
    const none = { id: 'story', covered: [], missing: ['lamp', 'light'], unknown: [] };
    expect(broken({ assets: [made('story')], coverage: [none] })).toEqual([['keywords', 'story']]);
    expect(broken({ assets: [made('story')], coverage: [{ ...none, covered: ['oak'] }] })).toEqual([]);
  });

  it('has a window for what follows, which moves with what it follows (R24)', () => {
    const follows = (teaser: number, email: number) =>
      contentCalendar(
        ground({
          assets: [
            made('teaser', { channel: 'social', plannedAt: at(teaser) }),
            made('story', { plannedAt: at(email) }),
          ],
        }),
      );
    const early = follows(0, 12);
    expect(early.windows).toMatchObject([
      { step: 'email-send', earliest: at(24), latest: at(72), isKept: false },
    ]);
    expect(early.violations).toEqual([
      {
        ...{ rule: 'sequence', item: 'email-send', channel: 'email' },
        message: "'email-send' comes at 2026-12-21 22:00 UTC, too early after 'social-post'",
        mend: "plan it between 2026-12-22 10:00 UTC and 2026-12-24 10:00 UTC, or move 'social-post'",
      },
    ]);
    expect(follows(0, 24).violations).toEqual([]);
    expect(follows(0, 72).violations).toEqual([]);
    expect(follows(0, 73).violations).toHaveLength(1);
    expect(follows(1, 73).violations).toEqual([]);
  });

  it('keeps a plan that fits when all of it moves', () => {
    const hours = fc.integer({ min: -500, max: 500 });
    fc.assert(
      fc.property(hours, hours, hours, (teaser, email, shift) => {
        const kept = (by: number) =>
          contentCalendar(
            ground({
              timezone: 'UTC',
              assets: [
                made('teaser', { channel: 'social', plannedAt: at(teaser + by) }),
                made('story', { plannedAt: at(email + by) }),
              ],
            }),
          ).windows[0]?.isKept;
        expect(kept(shift)).toBe(kept(0));
        expect(kept(0)).toBe(email - teaser >= 24 && email - teaser <= 72);
      }),
    );
  });

  it('says what is known without a launch, and without times', () => {
    const channels = ground().channels.map((each) => ({ ...each, plannedAt: null }));
    const { items, windows, violations } = contentCalendar(ground({ plannedLaunchAt: null, channels }));
    expect(items.map((item) => [item.key, item.at])).toEqual([
      ['story', null],
      ['teaser', null],
    ]);
    expect([windows[0]?.isKept, violations]).toEqual([null, []]);
  });

  it('tells words that are wrong, of assets and of the brief (R49)', () => {
    const assets = [made('story', { offer: 'SPRNG25', segments: ['smbs'] })];
    const brief = { offerCode: 'SPRING26', segments: ['smb'] };
    const { violations } = contentCalendar(ground({ assets, brief }));
    expect(violations.map(({ message, mend }) => [message, mend])).toEqual([
      ["'story': the taxonomy has no offer 'SPRNG25', did you mean 'SPRING25'?", "use 'SPRING25'"],
      ["'story': the taxonomy has no segment 'smbs', did you mean 'smb'?", "use 'smb'"],
      ["the brief: the taxonomy has no offer 'SPRING26', did you mean 'SPRING25'?", "use 'SPRING25'"],
    ]);
    const late = { plannedLaunchAt: new Date('2027-01-04T10:00:00Z'), brief: { offerCode: 'spring25' } };
    expect(broken(late)).toEqual([['offer-not-valid', null]]);
  });

  it('is there for ten thousand assets, each made from the one before', () => {
    const assets = Array.from({ length: 10_000 }, (_, key) =>
      made(`a${key}`, {
        derivedFrom: key === 0 ? null : `a${key - 1}`,
        derivedRevision: 1,
        links: [`a${(key + 1) % 10_000}`],
      }),
    );
    const began = performance.now();
    expect(contentCalendar(ground({ assets })).violations).toEqual([]);
    expect(performance.now() - began).toBeLessThan(10_000);
  });
});

describe('words that all campaigns share', () => {
  const offer = (code: string, day: string) =>
    wordProblems(taxonomy, { offers: [code], segments: [], at: new Date(day) }, 'Europe/Berlin').map(
      ({ code }) => code,
    );

  it('hold on their days, both ends included, by the clock of the Policy', () => {
    expect(offer('SPRING25', '2026-11-30T22:59:59Z')).toEqual(['OFFER_NOT_VALID']);
    expect(offer('SPRING25', '2026-11-30T23:00:00Z')).toEqual([]);
    expect(offer('SPRING25', '2026-12-31T22:59:59Z')).toEqual([]);
    expect(offer('SPRING25', '2026-12-31T23:00:00Z')).toEqual(['OFFER_NOT_VALID']);
    expect(wordProblems(taxonomy, { offers: ['spring25'], segments: ['smb'], at: null }, 'UTC')).toEqual([]);
  });

  it('are whatever one likes where there is no taxonomy, or it lists none', () => {
    const used = { offers: ['X'], segments: ['y'], at: launch };
    expect(wordProblems(null, used, 'UTC')).toEqual([]);
    expect(wordProblems({ ...taxonomy, offers: [], segments: [] }, used, 'UTC')).toEqual([]);
  });
});

describe('what assets are made from', () => {
  /** Assets as a campaign keeps them, after each was given with a source or without. */
  const given = (steps: readonly (readonly [number, number | null])[]) => {
    const assets = new Map<string, Asset & Derived>();
    for (const [key, source] of steps) {
      const [name, from] = [`a${key}`, source === null ? null : `a${source}`];
      if (from !== null && (!assets.has(from) || cycleThrough(name, from, [...assets.values()]))) continue;
      const derivedRevision = from === null ? null : (assets.get(from)?.revision ?? null);
      const revision = (assets.get(name)?.revision ?? 0) + 1;
      assets.set(name, made(name, { derivedFrom: from, derivedRevision, revision }));
    }
    return [...assets.values()];
  };
  const node = fc.integer({ min: 0, max: 5 });
  const steps = fc.array(fc.tuple(node, fc.option(node)), { maxLength: 25 });

  it('never comes round to itself', () => {
    fc.assert(
      fc.property(steps, (all) => {
        const assets = given(all);
        const sources = new Map(assets.map(({ key, derivedFrom }) => [key, derivedFrom]));
        for (const { key } of assets) {
          let [each, length] = [sources.get(key) ?? null, 0];
          while (each !== null && length++ <= assets.length) each = sources.get(each) ?? null;
          expect(each).toBeNull();
        }
      }),
    );
  });

  it('is stale exactly when something above it has changed, and fresh once all of that is made again, from the top', () => {
    fc.assert(
      fc.property(steps, (all) => {
        const assets = given(all);
        const stale = staleSources(assets);
        const byKey = new Map(assets.map((asset) => [asset.key, asset]));
        const isStale = (asset: Derived): boolean => {
          const source = byKey.get(asset.derivedFrom ?? '');
          return source !== undefined && (source.revision > (asset.derivedRevision ?? 0) || isStale(source));
        };
        for (const asset of assets) expect(stale.has(asset.key)).toBe(isStale(asset));
        const depth = (asset: Derived): number => {
          const source = byKey.get(asset.derivedFrom ?? '');
          return source ? depth(source) + 1 : 0;
        };
        for (const { key } of [...assets].sort((one, other) => depth(one) - depth(other))) {
          const asset = byKey.get(key);
          if (asset)
            byKey.set(key, {
              ...asset,
              derivedRevision: byKey.get(asset.derivedFrom ?? '')?.revision ?? null,
            });
        }
        expect([...staleSources([...byKey.values()])]).toEqual([]);
      }),
    );
  });

  it('ends where records of before go round', () => {
    const assets = [
      made('a', { derivedFrom: 'b', derivedRevision: 1 }),
      made('b', { derivedFrom: 'a', derivedRevision: 1 }),
    ];
    expect([...staleSources(assets)]).toEqual([]);
    expect(cycleThrough('c', 'a', assets)).toBeNull();
  });
});
