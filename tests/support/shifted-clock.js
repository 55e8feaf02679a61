// Loaded before a program (node --import), it has the machine's clock wrong by CLOCK_SHIFT_MS, and set right or wrong again by SIGUSR2.
const RealDate = Date;
let shift = Number(process.env.CLOCK_SHIFT_MS ?? 0);
process.on('SIGUSR2', () => {
  shift = shift === 0 ? Number(process.env.CLOCK_JUMP_MS ?? 3_600_000) : 0;
});
globalThis.Date = class extends RealDate {
  constructor(...given) {
    if (given.length === 0) super(RealDate.now() + shift);
    else super(...given);
  }
  static now() {
    return RealDate.now() + shift;
  }
};
