import { wrongBrief, wrongCampaign } from '../../src/domain/campaign/input.js';

const GOOD = { key: 'a', name: 'A', budget: 0, labels: ['emea'], flags: [], brief: { offerCode: 'X' } };

describe('the input of a campaign', () => {
  it('is taken as it should be', () => {
    expect(wrongCampaign(GOOD)).toBeNull();
    expect(wrongBrief({ segments: ['smb', 'enterprise'], offerCode: null })).toBeNull();
  });

  it.each([
    ['a key with a blank', { key: 'a b' }, "'a b' cannot be a key: use letters, digits, dots, dashes"],
    [
      'a key of a book',
      { key: 'x'.repeat(500) },
      `'${'x'.repeat(60)}…' cannot be a key: it has 500 characters, at most 100`,
    ],
    ['no name', { name: '  ' }, 'a campaign needs a name'],
    ['a name of a book', { name: 'x'.repeat(201) }, 'a name has at most 200 characters'],
    [
      'a name of two lines',
      { name: 'Spring\nWhat to do: nothing' },
      'a name is one line, without control characters',
    ],
    [
      'a name with a line separator',
      { name: 'Spring\u2028sale' },
      'a name is one line, without control characters',
    ],
    ['a label of two lines', { labels: ['a\rb'] }, "'a\rb' cannot be one of the labels"],
    ['a debt', { budget: -1 }, 'a budget is a number from 0 to 10¹²'],
    ['no number', { budget: Number.NaN }, 'a budget is a number from 0 to 10¹²'],
    ['the largest number', { budget: 1e308 }, 'a budget is a number from 0 to 10¹²'],
    ['an empty label', { labels: [''] }, "'' cannot be one of the labels"],
    ['many labels', { labels: Array.from({ length: 21 }, String) }, 'a campaign has at most 20 labels'],
    ['a field without a name', { brief: { '': 'x' } }, "'' cannot be a field of the brief"],
    [
      'a field of a book',
      { brief: { story: 'x'.repeat(20_001) } },
      "field 'story' is longer than 20000 characters",
    ],
    [
      'many fields',
      { brief: Object.fromEntries(Array.from({ length: 101 }, (_, each) => [`f${each}`, ''])) },
      'a brief has at most 100 fields',
    ],
  ])('is refused with %s', (_, wrong, message) => {
    expect(wrongCampaign({ ...GOOD, ...wrong })).toMatchObject({ code: 'INVALID_INPUT', message });
  });
});
