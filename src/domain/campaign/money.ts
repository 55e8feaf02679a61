/** Money is counted in whole cents, so that sums stay exact. */
export type Cents = number;

/** Null where the amount is no sum of whole cents. */
export function centsOf(amount: number): Cents | null {
  const cents = Math.round(amount * 100);
  return Math.abs(amount * 100 - cents) <= Math.max(1e-6, Math.abs(amount) * 1e-12) ? cents : null;
}

export const amountOf = (cents: Cents): number => cents / 100;

export const moneyText = (cents: Cents): string =>
  amountOf(cents).toLocaleString('en', { minimumFractionDigits: 2, maximumFractionDigits: 2 });

export interface Shift {
  /** Of what the giving side has. */
  readonly percent: number;
  /** What it keeps at least. */
  readonly floor: Cents;
  /** What is moved at most; null for no limit. */
  readonly cap: Cents | null;
}
export interface Shifted {
  readonly from: Cents;
  readonly to: Cents;
  readonly moved: Cents;
  /** What the percentage alone would have moved. */
  readonly wanted: Cents;
}

/** Moves money between two budgets; what one loses the other gets, to the cent. */
export function shift(from: Cents, to: Cents, { percent, floor, cap }: Shift): Shifted {
  // A hair more, as 10.1 % of 1,000 cents are 101 and not 100.99999.
  const wanted = Math.min(from, Math.floor((from * percent) / 100 + 1e-6));
  const moved = Math.max(0, Math.min(wanted, from - floor, cap ?? Infinity));
  return { from: from - moved, to: to + moved, moved, wanted };
}
