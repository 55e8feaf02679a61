import { Migration } from '../../src/domain/campaign/migration/migration.js';
import { namesBetween } from '../../src/domain/campaign/migration/names.js';
import { bodyOf, Version } from '../../src/domain/campaign/migration/version.js';
import { explore, type Ground, possible, type Moment, nameOfMoment } from '../support/explorer.js';
import { type Triple, tripleOf } from '../support/triples.js';

/** How many triples are tried; the default takes seconds. */
const TRIPLES = Number(process.env['WEIR_TRIPLES'] ?? 300);
const FIRST = Number(process.env['WEIR_FIRST'] ?? 1);
/** More states than this are not explored, and the triple is not counted. */
const MOST_STATES = 1_500;

const versionOf = ({ workflow, compiled, policy }: Ground) => new Version(workflow, compiled, policy);

/** Steps of the older loop of a review, as the newer version calls them. */
function bodyBefore({ old, now }: Triple): (review: string) => ReadonlySet<string> {
  const names = namesBetween(old.workflow, now.workflow);
  const { loops } = versionOf(old);
  return (review) => {
    const loop = loops.find((each) => names.of('step', each.review.key) === review);
    return new Set([...(loop ? bodyOf(loop) : [])].flatMap((key) => names.of('step', key) ?? []));
  };
}

/** Where two campaigns that do the same differ in what they may do; null where they never do. */
function differenceOf({ old, now, campaign, start }: Triple, moved: Moment): string | null {
  const seen = new Set<string>();
  const look: [Moment, Moment][] = [[start, moved]];
  for (let pair = look.pop(); pair && seen.size < MOST_STATES; pair = look.pop()) {
    const name = pair.map(nameOfMoment).join(' | ');
    if (seen.has(name)) continue;
    seen.add(name);
    const [one, other] = [possible(old, campaign, pair[0]), possible(now, campaign, pair[1])];
    if ([...one.keys()].sort().join() !== [...other.keys()].sort().join())
      return `${name}: ${[...one.keys()].join()} against ${[...other.keys()].join()}`;
    for (const [action, next] of one) look.push([next, other.get(action) ?? next]);
  }
  return null;
}

test('what is said to be movable reaches its end from every state that can be reached, and repeats nothing', () => {
  const counts = { movable: 0, unaffected: 0, stuck: 0, alarms: 0, skipped: 0 };
  const reasons = new Map<string, number>();
  const wrong: string[] = [];
  for (let seed = FIRST, tried = 0; tried < TRIPLES; seed++) {
    const triple = tripleOf(seed);
    if (!triple) continue;
    const { old, now, campaign, start } = triple;
    const found = new Migration(versionOf(old), versionOf(now)).assess(campaign, start.state);
    const moved: Moment = { state: found.state, channels: start.channels };
    const explored = explore(now, campaign, moved, MOST_STATES, bodyBefore(triple));
    if (explored.states === null) {
      counts.skipped++;
      continue;
    }
    tried++;
    counts[found.effect]++;
    const trouble = explored.deadEnd ?? explored.repeated;
    if (found.effect === 'movable' && trouble)
      wrong.push(
        `seed ${seed} ${explored.deadEnd ? 'waits for ever after' : 'repeats work by'}: ${trouble.join(', ')}`,
      );
    if (found.effect === 'unaffected') {
      const difference = differenceOf(triple, moved);
      if (difference !== null) wrong.push(`seed ${seed} is not unaffected: ${difference}`);
    }
    if (found.effect === 'stuck' && !trouble) {
      counts.alarms++;
      const reason = found.detail
        .replaceAll(/'[^']*'/g, '…')
        .replaceAll(/[\d]+/g, 'n')
        .slice(0, 70);
      reasons.set(reason, (reasons.get(reason) ?? 0) + 1);
    }
  }
  if (process.env['WEIR_TRIPLES'] !== undefined)
    process.stdout.write(
      `${JSON.stringify({ counts, reasons: [...reasons].sort((a, b) => b[1] - a[1]) }, null, 1)}\n`,
    );
  expect(wrong.slice(0, 10)).toEqual([]);
  expect(counts.movable).toBeGreaterThan(TRIPLES / 10);
});
