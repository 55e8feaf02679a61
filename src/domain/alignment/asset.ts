/** One thing that readers get to see on a channel: a mail, a landing page, a sales script (R118). */
export interface Asset {
  readonly key: string;
  readonly channel: string;
  readonly text: string;
  /** Code of the offer that it makes; null where it says nothing apart from its text. */
  readonly offer: string | null;
  readonly segments: readonly string[];
  readonly links: readonly string[];
  /** What it is about; null where that is what the campaign is about (R21). */
  readonly theme: string | null;
  readonly plannedAt: Date | null;
  /** Key of the asset that it was made from. */
  readonly derivedFrom: string | null;
}

/** An asset, and what it is said to contain, for example `price-claim` (R40). */
export interface FlaggedAsset extends Asset {
  readonly flags: readonly string[];
}
