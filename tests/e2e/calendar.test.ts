import ICAL from 'ical.js';
import { startApi, type TestApi } from '../support/api.js';

describe('the calendar feed', () => {
  let api: TestApi;
  beforeAll(async () => {
    api = await startApi();
    await api.as().request(
      `mutation { createCampaign(input: { key: "spring", name: "Spring; sale, \\"new\\"", workflow: "product-launch",
         plannedLaunchAt: "2027-01-18T09:00:00Z" }) { refusals { message } } }`,
    );
  }, 60_000);
  afterAll(() => api.close());

  const feed = async (query = '') => {
    const response = await fetch(`${api.url}/calendar/spring.ics${query}`);
    const text = await response.text();
    return { response, text };
  };
  const eventsOf = (text: string) =>
    new ICAL.Component(ICAL.parse(text) as unknown[])
      .getAllSubcomponents('vevent')
      .map((each) => new ICAL.Event(each));

  it('is taken by a calendar program', async () => {
    const { response, text } = await feed();
    expect(response.headers.get('content-type')).toBe('text/calendar; charset=utf-8');
    const events = eventsOf(text);
    const launch = events.find(({ summary }) => summary.endsWith('launch on email'));
    expect(launch?.summary).toBe('Spring; sale, "new": launch on email');
    expect(launch?.startDate.toJSDate().toISOString()).toBe('2027-01-18T09:00:00.000Z');
    expect(new Set(events.map(({ uid }) => uid)).size).toBe(events.length);
    expect(events.length).toBeGreaterThan(3);
    // The same when it is asked for again: subscribers see no change where there is none.
    expect((await feed()).text).toBe(text);
  });

  it('is narrower for a role', async () => {
    const [all, some] = [
      eventsOf((await feed()).text),
      eventsOf((await feed('?role=customer-support')).text),
    ];
    expect(some.length).toBeLessThan(all.length);
  });

  it('says which campaign is not there', async () => {
    const response = await fetch(`${api.url}/calendar/sprang.ics`);
    expect([response.status, await response.json()]).toEqual([
      404,
      {
        errors: [{ message: "there is no campaign 'sprang'", extensions: { code: 'NOT_FOUND' } }],
      },
    ]);
  });

  it('tells a program what has moved since, and what is paused', async () => {
    const launch = async () => {
      const event = eventsOf((await feed()).text).find(({ summary }) => summary.includes('launch on email'));
      const time = (name: string) => (event?.component.getFirstPropertyValue(name) as ICAL.Time).toJSDate();
      const { sequence = 0, summary = '', uid } = event ?? {};
      const start = event?.startDate.toJSDate();
      return { sequence, summary, uid, start, stamp: time('dtstamp'), modified: time('last-modified') };
    };
    const act = async (mutation: string) =>
      expect(await api.as().request(`mutation { payload: ${mutation} { refusals { code } } }`)).toEqual({
        payload: { refusals: [] },
      });
    const before = await launch();
    const created = api.now;
    api.now = new Date(created.getTime() + 3_600_000);
    try {
      await act('planLaunch(input: { campaign: "spring", plannedLaunchAt: "2027-01-19T09:00:00Z" })');
      const moved = await launch();
      expect(moved).toMatchObject({ uid: before.uid, start: new Date('2027-01-19T09:00:00Z') });
      expect(moved.sequence).toBeGreaterThan(before.sequence);
      expect([before.stamp, moved.stamp, moved.modified]).toEqual([created, api.now, api.now]);
      await act('pauseChannel(input: { campaign: "spring", channel: "email", reason: "a typo" })');
      expect((await launch()).summary).toMatch(/launch on email \(paused\)$/);
    } finally {
      api.now = created;
    }
  });

  it('strikes out what a campaign that was called off would have had', async () => {
    const launches = async () =>
      new ICAL.Component(ICAL.parse((await feed()).text) as unknown[])
        .getAllSubcomponents('vevent')
        .filter((each) => new ICAL.Event(each).summary.includes('launch on'))
        .map((each) => each.getFirstPropertyValue('status'));
    expect(new Set(await launches())).toEqual(new Set([null]));
    await api
      .as()
      .request(
        'mutation { cancelCampaign(input: { campaign: "spring", reason: "No budget." }) { refusals { code } } }',
      );
    expect(new Set(await launches())).toEqual(new Set(['CANCELLED']));
  });
});
