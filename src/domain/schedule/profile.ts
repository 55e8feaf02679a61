/**
 * How much of each resource is taken when: pieces of time, each with the units in use. A schedule is built by placing one
 * step after another, each as early as there is room.
 */
export class Profile {
  /** The beginnings of the pieces, ascending; the last one goes on for ever. */
  #times: Float64Array;
  #used: Int32Array;
  #count = 1;

  constructor(
    private readonly capacities: Int32Array,
    places: number,
  ) {
    this.#times = new Float64Array(2 * places + 2);
    this.#used = new Int32Array((2 * places + 2) * capacities.length);
  }

  clear(): void {
    this.#count = 1;
    this.#times[0] = -Infinity;
    this.#used.fill(0, 0, this.capacities.length);
  }

  /**
   * The earliest moment from `ready` on at which there is room until the end.
   * @param needs units by resource.
   * @param endOf when something begun at a moment ends; a later beginning never ends earlier.
   */
  earliest(
    ready: number,
    needs: Int32Array,
    endOf: (begin: number) => number,
    snap: (moment: number) => number,
  ): number {
    let begin = snap(ready);
    let end = endOf(begin);
    for (let piece = this.#pieceAt(begin); piece < this.#count && this.#times[piece]! < end; piece++) {
      if (this.#hasRoom(piece, needs)) continue;
      // Nothing that begins before this piece is over can be right.
      begin = snap(this.#times[piece + 1]!);
      end = endOf(begin);
      piece = this.#pieceAt(begin) - 1;
    }
    return begin;
  }

  take(begin: number, end: number, needs: Int32Array): void {
    if (end <= begin) return;
    const first = this.#cut(begin);
    const last = this.#cut(end);
    const width = this.capacities.length;
    for (let piece = first; piece < last; piece++) {
      for (let at = 0; at < width; at++) this.#used[piece * width + at]! += needs[at]!;
    }
  }

  #hasRoom(piece: number, needs: Int32Array): boolean {
    const width = this.capacities.length;
    for (let at = 0; at < width; at++) {
      if (needs[at]! > 0 && this.#used[piece * width + at]! + needs[at]! > this.capacities[at]!) return false;
    }
    return true;
  }

  /** The piece that a moment lies in. */
  #pieceAt(moment: number): number {
    let [low, high] = [0, this.#count];
    while (high - low > 1) {
      const middle = (low + high) >>> 1;
      if (this.#times[middle]! <= moment) low = middle;
      else high = middle;
    }
    return low;
  }

  /** Makes a piece begin at the moment, and returns it. */
  #cut(moment: number): number {
    const piece = this.#pieceAt(moment);
    if (this.#times[piece] === moment) return piece;
    const width = this.capacities.length;
    this.#times.copyWithin(piece + 2, piece + 1, this.#count);
    this.#used.copyWithin((piece + 1) * width, piece * width, this.#count * width);
    this.#times[piece + 1] = moment;
    this.#count++;
    return piece + 1;
  }
}
