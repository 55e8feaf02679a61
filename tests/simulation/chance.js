/** Mulberry32: the same seed, the same luck. */
export class Chance {
  #state;
  constructor(seed) {
    this.#state = (seed * 2_654_435_761) >>> 0;
  }
  next() {
    this.#state = (this.#state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(this.#state ^ (this.#state >>> 15), this.#state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  }
  below(count) {
    return Math.floor(this.next() * count);
  }
  is(probability) {
    return this.next() < probability;
  }
  one(values) {
    return values[this.below(values.length)];
  }
}
