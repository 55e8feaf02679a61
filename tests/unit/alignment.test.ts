import fc from 'fast-check';
import { estimateShared, overlapOf, SKETCH_SIZE } from '../../src/domain/alignment/audience.js';
import { briefAsText, coverageOf } from '../../src/domain/alignment/brief.js';
import { consistencyOf, type Text } from '../../src/domain/alignment/consistency.js';
import { convergenceOf, DIMENSIONS, type Turn } from '../../src/domain/alignment/convergence.js';
import { driftOf } from '../../src/domain/alignment/drift.js';
import { membersIn, WrongMembers } from '../../src/domain/alignment/members.js';
import { read } from '../../src/domain/alignment/reading.js';
import { remarksOn } from '../../src/domain/alignment/remarks.js';
import { timingOf } from '../../src/domain/alignment/timing.js';
import { toneOf } from '../../src/domain/alignment/tone.js';

const CONTEXT = { timezone: 'Europe/Berlin', products: [] };
const texts = (...all: string[]): Text[] => all.map((text, at) => ({ id: `t${at}`, channel: 'email', text }));
const compare = (...all: string[]) => consistencyOf(texts(...all), CONTEXT);

describe('message consistency', () => {
  it('tells contradicting texts that are nearly the same (R72)', () => {
    const result = compare('25 % off until 5 May', '20 % off until 5 May');
    expect(result.contradictions).toMatchObject([{ fact: 'percentage', values: ['25 %', '20 %'] }]);
    expect(result.pairs()[0]?.similarity).toBeGreaterThan(0.9);
    expect(compare('25 % off until 5 May', '25 % off until 5 May').score).toBe(1);
  });

  it('knows the same in other words', () => {
    const result = compare(
      'A quarter off until midnight on 5 May. Code SPRING25.',
      'Bis einschließlich fünften Mai ein Viertel günstiger – mit dem Code SPRING25!',
      'Save 25 percent (ends 5/5), just enter spring25 at checkout.',
      'Before 6 May: -25%. Promo code: SPRING25',
    );
    expect(result.contradictions).toEqual([]);
    expect(result.score).toBe(1);
  });

  it('lists a sales script that still has the old offer (R118)', () => {
    const assets = [
      '25 % off until 5 May.',
      '25% off. Ends 5 May.',
      'Until the fifth of May you get twenty percent off.',
    ];
    const [remark] = remarksOn(compare(...assets));
    expect(remark?.message).toBe(
      "percentage: 't0' (email) and 't1' (email) say 25 %, 't2' (email) says 20 %; most say 25 %, so look at 't2' first",
    );
    const side = remark?.sides[1]?.places[0];
    expect(assets[2]?.slice(side?.start, side?.end)).toBe('twenty percent');
  });

  it('points at the text as it was given, with its markup, placeholders and invisible signs', () => {
    const given = '<p>Hi {{first_name}}, now <b>30&nbsp;%</b> o\u00adff &amp; free shipping 🚚</p>';
    const result = compare(given, '20 % off');
    const place = result.contradictions[0]?.places.find(({ id }) => id === 't0');
    expect(given.slice(place?.start, place?.end)).toBe('30&nbsp;%');
  });

  it('says that it could not compare, rather than guess', () => {
    const unknown = compare('Our sale ends tomorrow', 'Our sale ends on 5 May');
    expect(unknown).toMatchObject({ score: null, contradictionCount: 0 });
    expect(unknown.notes.join()).toContain('it depends on when each is read');
    const [first, second] = texts('Our sale ends tomorrow', 'Our sale ends on 5 May');
    const known = consistencyOf(
      [first, second].flatMap((text) =>
        text ? [{ ...text, publishedAt: new Date('2026-05-05T08:00:00Z') }] : [],
      ),
      CONTEXT,
    );
    expect(known.contradictions).toMatchObject([{ fact: 'deadline', values: ['6 May 2026', '5 May'] }]);
    expect(compare('We love dogs', 'Cats are fine').notes).toEqual([
      'no two texts state the same kind of fact: could not compare',
    ]);
  });

  it.each([
    ['none', []],
    ['one', ['25 % off']],
    ['empty ones', ['', ' \n ']],
    ['Arabic', ['خصم ٢٥٪ حتى ٥ مايو', 'خصم ٢٠٪ حتى ٥ مايو']],
    ['several languages', ['Jusqu’au 5 mai : -25 %', 'Fino al 5 maggio: 25 % di sconto']],
    ['signs only', ['🔥🔥🔥', '!!! ---']],
    ['broken markup', ['<b>25 % off', '25 % off</b></i><!-- ']],
    ['half a surrogate', ['25 % off \ud83d', '\udc00 25 % off']],
    ['two prices', ['Mugs €9, plates €12', 'Plates €12']],
  ])('has an answer without a figure that is none, for %s', (_, all) => {
    const result = compare(...all);
    expect(result.score === null || (result.score >= 0 && result.score <= 1)).toBe(true);
    expect(JSON.stringify(result)).not.toContain('NaN');
    if (result.score === null) expect(result.notes.length).toBeGreaterThan(0);
    expect(result.contradictionCount).toBe(all[0]?.startsWith('خصم') === true ? 1 : 0);
  });

  it('obeys its laws on whatever texts', () => {
    const piece = fc.oneof(
      fc.constantFrom(
        '25 % off',
        'bis 5. Mai',
        '€79',
        'Code X1',
        'Jetzt kaufen',
        'for members',
        '<b>',
        '{{a}}',
        '2 for 1',
        'morgen',
      ),
      fc.string({ maxLength: 12, unit: 'grapheme' }),
    );
    const text = fc.array(piece, { maxLength: 8 }).map((pieces) => pieces.join(' '));
    fc.assert(
      fc.property(text, text, (one, other) => {
        const there = compare(one, other);
        const back = compare(other, one);
        // Who is named first does not matter, and nothing contradicts itself.
        expect(back.contradictions.map(({ fact }) => fact).sort()).toEqual(
          there.contradictions.map(({ fact }) => fact).sort(),
        );
        expect(compare(one, one).contradictionCount).toBe(0);
        for (const { start, end, text: words } of there.facts) {
          expect(end).toBeGreaterThanOrEqual(start);
          expect([one, other].some((each) => each.slice(start, end) === words)).toBe(true);
        }
      }),
      { numRuns: 300, seed: 7 },
    );
  });
});

describe('the brief', () => {
  it('is one more text, and what it says counts', () => {
    const brief = briefAsText({
      offerCode: 'SPRING25',
      discount: '25 %',
      deadline: '2026-05-05',
      tone: 'formal',
    });
    expect(brief.text).toBe('offer code: SPRING25\ndiscount: 25 %\ndeadline: 2026-05-05');
    const result = consistencyOf([brief, ...texts('20 % off until 5 May with code SPRING25')], CONTEXT);
    expect(remarksOn(result)[0]?.message).toBe(
      "percentage: the brief says 25 %, 't0' (email) says 20 %; the brief counts, so change 't0'",
    );
  });

  it('drifts by fields, by what texts say, and by when channels open (R52)', () => {
    const asset = (key: string, more: object) => ({
      ...{
        key,
        channel: 'email',
        text: '',
        offer: null,
        segments: [],
        links: [],
        plannedAt: null,
        theme: null,
        derivedFrom: null,
      },
      ...more,
    });
    const entries = driftOf({
      brief: { offerCode: 'SPRING25', segments: ['smb'], launchDate: '2026-05-04' },
      assets: [
        asset('mail', { offer: 'spring25', segments: ['smb'] }),
        asset('post', { offer: 'OLD', segments: ['smb', 'all'] }),
      ],
      channels: new Map([
        // Midnight in Berlin is the evening before in UTC.
        ['email', { plannedAt: new Date('2026-05-03T22:30:00Z') }],
        ['social', { plannedAt: new Date('2026-05-05T09:00:00Z') }],
      ]),
      contradictions: [
        {
          fact: 'deadline',
          a: 'brief',
          b: 'post',
          channels: ['brief', 'email'],
          values: ['5 May', '6 May'],
          places: [],
        },
      ],
      timezone: 'Europe/Berlin',
    });
    expect(entries).toEqual([
      { field: 'offerCode', briefValue: 'SPRING25', asset: 'post', channel: 'email', value: 'OLD' },
      { field: 'segments', briefValue: 'smb', asset: 'post', channel: 'email', value: 'all' },
      { field: 'launchDate', briefValue: '2026-05-04', asset: null, channel: 'social', value: '2026-05-05' },
      { field: 'deadline', briefValue: '5 May', asset: 'post', channel: 'email', value: '6 May' },
    ]);
  });

  it('finds its key messages in other words, and misses those that are not there (R53)', () => {
    const messages = ['Saves energy', 'Light for every room', 'Made to last'];
    const [adapted, other] = coverageOf(
      [
        {
          id: 'a',
          text: 'Lights for all your rooms, saving you energy, and made so that they last for decades.',
        },
        {
          id: 'b',
          text: 'Our weekly newsletter has recipes, stories and a crossword for you and your family.',
        },
      ],
      messages,
      'key-message',
    );
    expect(adapted?.missing).toEqual([]);
    expect(other).toMatchObject({ covered: [], missing: messages });
    const [german] = coverageOf(
      [{ id: 'c', text: 'Unser wöchentlicher Rundbrief mit Rezepten für die ganze Familie.' }],
      ['Saves you energy and money every day'],
      'key-message',
    );
    expect(german).toMatchObject({
      covered: [],
      missing: [],
      unknown: ['Saves you energy and money every day'],
    });
  });

  it('has keywords in whatever form they stand (R22)', () => {
    const [page] = coverageOf(
      [{ id: 'p', text: 'Running shoes for trails and roads' }],
      ['running shoe', 'trail', 'tent'],
      'keyword',
    );
    expect(page).toMatchObject({ covered: ['running shoe', 'trail'], missing: ['tent'] });
  });
});

describe('tone (R73)', () => {
  it.each([
    ['Sehr geehrte Damen und Herren, wir freuen uns, Ihnen unser neues Angebot vorzustellen.', 'formal'],
    ['Dear customer, we are pleased to inform you that kindly reviewing the terms is advised.', 'formal'],
    ["Hey folks! Don't miss it, it's gonna be awesome 🎉", 'casual'],
    ['Hey du, schnapp dir dein Ticket!! 🎟️', 'casual'],
    ['The shop opens at nine.', null],
  ])('of %s is %s', (text, tone) => {
    expect(toneOf(read(text))).toBe(tone);
  });
});

describe('timing (R75)', () => {
  const at = (time: string) => new Date(`2026-05-04T${time}:00Z`);
  it('has the figures of the requirement', () => {
    const timing = timingOf(
      [
        { channel: 'email', plannedAt: at('09:00'), launchedAt: at('09:00') },
        { channel: 'social', plannedAt: at('09:00'), launchedAt: at('09:30') },
        { channel: 'events', plannedAt: at('10:00'), launchedAt: at('14:00') },
      ],
      2,
    );
    expect(timing.spreadHours).toBe(5);
    expect(timing.inWindowShare).toBeCloseTo(2 / 3, 12);
    const mean = 5.5 / 3;
    expect(timing.variance).toBeCloseTo((mean ** 2 + (0.5 - mean) ** 2 + (5 - mean) ** 2) / 3, 12);
    expect(timing.channels.map(({ delayHours }) => delayHours)).toEqual([0, 0.5, 4]);
  });

  it('has none where a channel has no time', () => {
    const timing = timingOf(
      [
        { channel: 'email', plannedAt: at('09:00'), launchedAt: null },
        { channel: 'web', plannedAt: null, launchedAt: null },
      ],
      2,
    );
    expect(timing).toMatchObject({ spreadHours: null, variance: null, missing: ['web'] });
  });
});

describe('audiences', () => {
  it('overlap by the formulas of the requirement (R76)', () => {
    expect(overlapOf({ one: 100, other: 100, both: 50 })).toEqual({
      ...{ jaccard: 1 / 3, overlap: 0.5, containment: 0.5, containmentOther: 0.5 },
    });
    expect(overlapOf({ one: 0, other: 5, both: 0 })).toBeNull();
  });

  it('are estimated within four standard errors', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 100 }), (percent) => {
        const sampled = SKETCH_SIZE;
        const estimate = estimateShared(
          { one: 1e7, other: 1e7 },
          { sampled, inBoth: Math.round((sampled * percent) / 100) },
        );
        const jaccard = estimate.both / (2e7 - estimate.both);
        expect(Math.abs(jaccard - percent / 100)).toBeLessThan(4 * estimate.jaccardError + 1e-4);
      }),
    );
    expect(estimateShared({ one: 0, other: 0 }, { sampled: 0, inBoth: 0 })).toMatchObject({
      both: 0,
      jaccardError: 0,
    });
  });

  const gather = async (...pieces: string[]): Promise<string> => {
    const encoder = new TextEncoder();
    let all = '';
    // eslint-disable-next-line @typescript-eslint/require-await
    const stream = async function* () {
      for (const piece of pieces) yield encoder.encode(piece);
    };
    for await (const lines of membersIn(stream())) all += lines;
    return all;
  };
  const [ONE, TWO] = ['a'.repeat(32), 'Base64+/='.repeat(3)];

  it('arrive in whatever pieces', async () => {
    for (const end of ['\r\n\n', '\n', '\r', '\r\r\n'])
      for (const last of ['', end])
        await arrives(`\uFEFF${ONE.toUpperCase()}${end}${TWO}${end}${ONE}${last}`);
  });
  const arrives = async (whole: string): Promise<void> => {
    for (let cut = 0; cut <= whole.length; cut++)
      expect(await gather(whole.slice(0, cut), whole.slice(cut))).toBe(`${ONE}\n${TWO}\n${ONE}\n`);
  };

  it('are refused where there are none', async () => {
    for (const none of ['', '\n', '\r\n \r'])
      await expect(gather(none)).rejects.toMatchObject({ problems: [{ line: 1 }] });
  });

  it('are refused whole, with the first ten problems', async () => {
    const lines = Array.from({ length: 20 }, (_, at) => (at % 2 === 0 ? ONE : `person${at}@example.com`));
    const error = await gather(lines.join('\n')).catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(WrongMembers);
    expect((error as WrongMembers).problems).toHaveLength(10);
    expect((error as WrongMembers).problems[0]).toMatchObject({ line: 2 });
    await expect(gather('x'.repeat(10_000), 'y'.repeat(10_000))).rejects.toBeInstanceOf(WrongMembers);
  });
});

describe('the moment of convergence (R85)', () => {
  const turn = (hour: number, dimension: Turn['dimension'], agrees = true): Turn => ({
    at: new Date(hour * 3_600_000),
    dimension,
    agrees,
  });

  it('is when the last of the four first agreed; what is lost is an interval', () => {
    const turns = [turn(1, 'timing'), turn(2, 'content'), turn(3, 'channels'), turn(4, 'targeting')];
    expect(convergenceOf(turns)).toMatchObject({
      convergedAt: new Date(4 * 3_600_000),
      isConverged: true,
      lost: [],
    });
    const later = convergenceOf([...turns, turn(6, 'content', false), turn(9, 'content')]);
    expect(later.convergedAt).toEqual(new Date(4 * 3_600_000));
    expect(later.lost).toEqual([
      { from: new Date(6 * 3_600_000), to: new Date(9 * 3_600_000), dimension: 'content' },
    ]);
    expect(convergenceOf([])).toMatchObject({ convergedAt: null, isConverged: false });
  });

  it('is the maximum of the first agreements, whatever their order', () => {
    fc.assert(
      fc.property(
        fc.shuffledSubarray([...DIMENSIONS], { minLength: 4 }),
        fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 4, maxLength: 4 }),
        (order, gaps) => {
          let hour = 0;
          const turns = order.map((dimension, at) => turn((hour += gaps[at] ?? 1), dimension));
          expect(convergenceOf(turns).convergedAt?.getTime()).toBe(hour * 3_600_000);
        },
      ),
    );
  });
});
