/** What was asked for has no answer: an expected refusal, whose message says why and what would help. */
export class CannotCalculate extends Error {
  override readonly name = 'CannotCalculate';
}
