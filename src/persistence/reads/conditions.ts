import type { Period } from '../../application/reads.js';

/** Builds the conditions of a filter: what is null or absent asks nothing. */
export class Conditions {
  readonly values: unknown[];
  readonly #conditions: string[] = ['true'];

  /** Values that stand before the filter's own, such as the id of a parent. */
  constructor(...values: readonly unknown[]) {
    this.values = [...values];
  }

  /** `condition` has a `?` where the value goes. */
  add(condition: string, value: unknown): this {
    if (value === null || value === undefined) return this;
    this.values.push(value);
    this.#conditions.push(condition.replace('?', `$${this.values.length}`));
    return this;
  }

  during(expression: string, period: Period | null | undefined): this {
    return this.add(`${expression} >= ?`, period?.since).add(`${expression} < ?`, period?.until);
  }

  /** Text that occurs in the expression, in either case. */
  search(expression: string, text: string | null | undefined): this {
    return this.add(
      `${expression} ILIKE ?`,
      text === '' ? null : text && `%${text.replaceAll(/[\\%_]/g, '\\$&')}%`,
    );
  }

  toString(): string {
    return this.#conditions.join(' AND ');
  }
}
