/** Things to do, in the order of their time; equal times keep the order they were added in. */
export class Timeline {
  now = new Date(0);
  readonly #events: { at: Date; act: () => Promise<void> }[] = [];

  at(time: Date, act: () => Promise<void>): void {
    const later = this.#events.findIndex((event) => event.at > time);
    this.#events.splice(later < 0 ? this.#events.length : later, 0, { at: time, act });
  }

  async run(): Promise<void> {
    for (let next = this.#events.shift(); next; next = this.#events.shift()) {
      this.now = next.at;
      await next.act();
    }
  }
}
