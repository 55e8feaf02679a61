import type { Finding, Path } from '../../domain/problem.js';
import { newHole } from '../../domain/workflow/hole.js';
import { spans } from './source.js';

/**
 * A document as it was most likely meant: with the replacement of every finding, and a hole where a name means nothing.
 * What is checked next then sees no trace of the mistake, and does not report it a second time.
 */
export const patched = (value: unknown, findings: readonly Finding[]): unknown =>
  findings.reduce((document, { code, path, target, range, replacement }) => {
    if (target === 'key') return document;
    const isExpression = range !== undefined || code === 'E_EXPRESSION';
    return withValue(document, path, (before) => {
      if (replacement === undefined) return isExpression ? anything(path) : newHole();
      if (!range || typeof before !== 'string') return replacement;
      return before.slice(0, range.start) + replacement + before.slice(range.end);
    });
  }, value);

/** A condition that says nothing: none for a step or branch, one that always holds where there must be one. */
const anything = ([list]: Path): string | null => (list === 'sections' ? null : 'true');

/** A copy in which one value is another; null leaves it out. A list written as one value is that value. */
function withValue(value: unknown, [key, ...rest]: Path, change: (before: unknown) => unknown): unknown {
  if (key === undefined || typeof value !== 'object' || value === null) return change(value);
  if (!Object.hasOwn(value, key)) return value;
  const before = (value as Record<string | number, unknown>)[key];
  const after = withValue(before, rest, change);
  const copy = Array.isArray(value)
    ? value.map((entry: unknown, position) => (position === key ? after : entry))
    : Object.fromEntries(
        Object.entries(value)
          .map(([name, entry]): [string, unknown] => [name, name === key ? after : entry])
          .filter(([, entry]) => entry !== null),
      );
  const entry = spans.get(value);
  if (entry) spans.set(copy, entry);
  return copy;
}
