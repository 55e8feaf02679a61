import { createHash } from 'node:crypto';
import { DateTime } from 'luxon';
import type { Asset } from '../../domain/alignment/asset.js';

/** What running campaigns publish, and whom their channels reach. */
export interface Published {
  readonly assets: readonly Asset[];
  readonly audiences: readonly { readonly channel: string; readonly members: readonly string[] }[];
}

/** By key of the campaign; the others say nothing yet. */
export function publishedBy(campaign: string, launch: Date, segments: readonly string[]): Published {
  const day = DateTime.fromJSDate(launch, { zone: 'utc' }).plus({ days: 14 });
  const end = day.toFormat('d MMMM');
  const asset = (key: string, channel: string, text: string, offer: string): Asset => ({
    ...{ key, channel, text, offer, segments, links: [], theme: null, plannedAt: null, derivedFrom: null },
  });
  const people = (channel: string, from: number, to: number) => ({
    channel,
    members: members(campaign, from, to),
  });
  switch (campaign) {
    case 'folding-bike':
      return {
        assets: [
          asset(
            'launch-mail',
            'email',
            `Home to desk without a car park: meet the Loop. A fifth off until ${end}, with code EARLYBIRD20 at checkout. Order now.`,
            'EARLYBIRD20',
          ),
          asset(
            'teaser-post',
            'social',
            `🚲 The Loop folds in nine seconds. 20 % off with EARLYBIRD20, only until ${end}. Order now!`,
            'EARLYBIRD20',
          ),
          // The old figure: what the example shows as a contradiction.
          asset(
            'booth-script',
            'events',
            `Would you like to try the Loop? If you order it by ${end}, you save 25 %: just enter EARLYBIRD20.`,
            'EARLYBIRD20',
          ),
        ],
        audiences: [people('email', 1, 600), people('social', 201, 900)],
      };
    case 'home-office-sale':
      return {
        assets: [
          asset(
            'sale-mail',
            'email',
            `Two days long: 30 % off desks and chairs with FLASH30. Shop now.`,
            'FLASH30',
          ),
          asset('sale-ad', 'paid-search', `Home office sale: 30% off. Code FLASH30. Shop now.`, 'FLASH30'),
        ],
        audiences: [],
      };
    default:
      return { assets: [], audiences: [] };
  }
}

const members = (campaign: string, from: number, to: number): string[] =>
  Array.from({ length: to - from + 1 }, (_, at) =>
    createHash('sha256')
      .update(`${campaign} ${from + at}`)
      .digest('hex'),
  );
