import { importHistory } from '../../src/application/import-history.js';
import type { EventLog } from '../../src/domain/adherence/event-log.js';
import { actorOf } from '../../src/domain/campaign/actor.js';
import { startApi, type TestApi } from '../support/api.js';

const STEWARD = actorOf('marketing-ops@example.com', ['steward']);
const DAY = 86_400_000;
const FIRST = Date.parse('2026-01-05T09:00:00Z');

/** Cases of three activities, a day apart, of which nobody knows the last. */
const logOf = (...ids: readonly string[]): EventLog => ({
  activities: ['brief', 'Write the email with two subject lines', 'coffee'],
  cases: ids.map((id) => ({
    id,
    activities: Int32Array.from([0, 1, 2]),
    ends: Float64Array.from([1, 2, 3], (day) => FIRST + day * DAY),
    starts: Float64Array.from([0, 1, 2], (day) => FIRST + day * DAY),
  })),
});

describe('importing history', () => {
  let api: TestApi;
  beforeAll(async () => {
    api = await startApi();
  }, 60_000);
  afterAll(() => api.close());

  it('makes ended campaigns with the times of their steps, each with its record, once', async () => {
    const first = await importHistory(api.ports, STEWARD, 'flash-sale', logOf('Spring 1', 'Spring 2'));
    expect(first.report).toMatchObject({
      workflow: 'flash-sale',
      imported: 2,
      alreadyThere: 0,
      withoutSteps: 0,
    });
    expect(first.report?.unknownActivities).toEqual(['coffee']);
    const again = await importHistory(api.ports, STEWARD, 'flash-sale', logOf('Spring 2', 'Spring 3'));
    expect(again.report).toMatchObject({ imported: 1, alreadyThere: 1 });
    const { campaign } = await api
      .as()
      .request<{ campaign: object }>(
        `{ campaign(key: "flash-sale-spring-1") { name status labels createdAt endedAt steps { key status startedAt finishedAt } } }`,
      );
    expect(campaign).toMatchObject({
      ...{ name: 'Spring 1', status: 'ENDED', labels: ['imported'] },
      ...{ createdAt: '2026-01-05T09:00:00.000Z', endedAt: '2026-01-08T09:00:00.000Z' },
      steps: expect.arrayContaining([
        expect.objectContaining({
          ...{ key: 'email-copy', status: 'DONE' },
          ...{ startedAt: '2026-01-06T09:00:00.000Z', finishedAt: '2026-01-07T09:00:00.000Z' },
        }),
      ]) as object[],
    });
    const records = await api.query(`SELECT 1 FROM audit_record WHERE action = 'campaign.import'`);
    expect(records).toHaveLength(3);
  });

  it('leaves out cases of which no activity is a step, and refuses who may not, and what is not there', async () => {
    const log = { ...logOf('Strange'), activities: ['one', 'two', 'three'] };
    expect((await importHistory(api.ports, STEWARD, 'flash-sale', log)).report).toMatchObject({
      imported: 0,
      withoutSteps: 1,
    });
    const viewer = await importHistory(
      api.ports,
      actorOf('viewer@example.com', ['viewer']),
      'flash-sale',
      log,
    );
    expect(viewer.refusals.map(({ code }) => code)).toEqual(['ROLE_MISSING']);
    const unknown = await importHistory(api.ports, STEWARD, 'flash-sail', log);
    expect(unknown.refusals.map(({ code }) => code)).toEqual(['UNKNOWN_WORKFLOW']);
  });
});
