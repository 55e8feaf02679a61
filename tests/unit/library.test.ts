import { libraryOf, type TypeUse } from '../../src/domain/learning/library.js';

const use = (
  workflow: string,
  launched: number,
  median: number | null,
  more: Partial<TypeUse> = {},
): TypeUse => ({
  ...{ campaignType: 'webinar', workflow, campaigns: launched, running: 0, launched },
  ...{ leadTimeHoursP25: null, leadTimeHoursP50: median, leadTimeHoursP75: null, ...more },
});

describe('the library', () => {
  it('ranks the workflows of a type by their median lead time, from five launches on (R92)', () => {
    const uses = [use('slow', 7, 200), use('quick', 5, 90), use('rare', 4, 10), use('as-quick', 9, 90)];
    const [shelf] = libraryOf([], uses).shelves;
    expect(shelf?.workflows.map(({ workflow, rank }) => [workflow, rank])).toEqual([
      ['quick', 1],
      ['as-quick', 1],
      ['slow', 3],
      ['rare', null],
    ]);
  });

  it('shows what it names and nobody uses, and how many campaigns follow it', () => {
    const entries = [{ campaignType: 'webinar', workflow: 'named', priority: 'high' as const }];
    const uses = [use('other', 0, null, { campaigns: 1, running: 1 }), use('named', 2, 50, { running: 3 })];
    const named = libraryOf([{ key: 'patterns', entries }], uses);
    expect(named.coverage).toBe(0.75);
    expect(named.shelves[0]?.workflows).toContainEqual(
      expect.objectContaining({ workflow: 'named', isNamed: true, priority: 'high', rank: null }),
    );
    const unused = libraryOf([{ key: 'patterns', entries }], []);
    expect(unused).toMatchObject({
      coverage: null,
      running: 0,
      shelves: [{ workflows: [{ workflow: 'named', campaigns: 0 }] }],
    });
    expect(libraryOf([], [])).toEqual({ coverage: null, running: 0, shelves: [] });
  });
});
