import { completeStep, startStep } from '../../src/application/campaign-actions.js';
import { LOCAL_ACTOR } from '../../src/domain/campaign/actor.js';
import { REVIEWER, startApi, type TestApi, TODAY } from '../support/api.js';
import { post } from '../support/http.js';

interface Answer {
  payload: { refusals: { code: string }[] };
}

describe('two at once', () => {
  let api: TestApi;
  beforeAll(async () => {
    api = await startApi();
  }, 60_000);
  afterAll(() => api.close());

  const mutate = async (mutation: string, who: readonly [string, string] | [] = []): Promise<string[]> => {
    const { payload } = await api
      .as(...who)
      .request<Answer>(`mutation { payload: ${mutation} { refusals { code } } }`);
    return payload.refusals.map((refusal) => refusal.code);
  };
  const create = (key: string, workflow: string) =>
    mutate(`createCampaign(input: { key: "${key}", name: "${key}", workflow: "${workflow}" })`);
  const recorded = (action: string, key: string) =>
    api.query(
      `SELECT 1 FROM audit_record a JOIN campaign c ON c.id = a.campaign_id WHERE a.action = $1 AND c.key = $2`,
      [action, key],
    );

  it('starts a step once, however many ask for it', async () => {
    await create('race-start', 'social-post');
    const answers = await Promise.all(
      Array.from({ length: 12 }, () => mutate('startStep(input: { campaign: "race-start", step: "brief" })')),
    );
    expect(answers.filter((codes) => codes.length === 0)).toHaveLength(1);
    expect(answers.filter((codes) => codes[0] === 'STEP_NOT_OPEN')).toHaveLength(11);
    expect(await recorded('step.start', 'race-start')).toHaveLength(1);
  });

  it('creates one campaign of a key', async () => {
    const answers = await Promise.all(Array.from({ length: 6 }, () => create('race-create', 'social-post')));
    expect(answers.filter((codes) => codes.length === 0)).toHaveLength(1);
    expect(answers.flat()).toEqual(Array.from({ length: 5 }, () => 'CAMPAIGN_EXISTS'));
  });

  /** Does everything up to the last approval before the launch, and returns its key. */
  const upToApproval = async (key: string) => {
    await create(key, 'social-post');
    const { campaign } = await api
      .as()
      .request<{ campaign: { steps: { key: string; kind: string }[] } }>(
        `{ campaign(key: "${key}") { steps { key kind } } }`,
      );
    const last = campaign.steps.findLast(({ kind }) => kind === 'APPROVAL')?.key ?? '';
    for (const step of campaign.steps) {
      if (step.key === last) break;
      const input = `(input: { campaign: "${key}", step: "${step.key}" })`;
      if (step.kind === 'APPROVAL') expect(await mutate(`approve${input}`, REVIEWER)).toEqual([]);
      else
        expect([await mutate(`startStep${input}`), await mutate(`completeStep${input}`)]).toEqual([[], []]);
    }
    return last;
  };

  it('opens a channel once, however many launch it', async () => {
    const last = await upToApproval('race-eight');
    expect(await mutate(`approve(input: { campaign: "race-eight", step: "${last}" })`, REVIEWER)).toEqual([]);
    const launch = 'launchChannel(input: { campaign: "race-eight", channel: "social" })';
    const answers = await Promise.all(Array.from({ length: 8 }, () => mutate(launch)));
    expect(answers.filter((codes) => codes.length === 0)).toHaveLength(1);
    expect(answers.filter(([code]) => code === 'STEP_NOT_OPEN')).toHaveLength(7);
    expect(await recorded('channel.launch', 'race-eight')).toHaveLength(1);
  });

  it('takes the approval of one of two who give it', async () => {
    const step = await upToApproval('race-approve');
    const [, roles] = REVIEWER;
    const approve = `approve(input: { campaign: "race-approve", step: "${step}" })`;
    const answers = await Promise.all(
      ['one', 'two'].map((name) => mutate(approve, [`${name}@example.com`, roles])),
    );
    expect(answers.sort((one, other) => one.length - other.length)).toEqual([[], ['STEP_NOT_OPEN']]);
    expect(await recorded('step.approve', 'race-approve')).toHaveLength(
      (
        await api.query(
          "SELECT 1 FROM campaign_approval a JOIN campaign c ON c.id = a.campaign_id WHERE c.key = 'race-approve'",
        )
      ).length,
    );
  });

  it('goes on where the clock of another replica is ten minutes behind, in the order of what was done', async () => {
    await create('behind', 'social-post');
    const late = { ...api.ports, clock: { now: () => new Date(TODAY.getTime() - 10 * 60_000) } };
    const on = { campaign: 'behind', step: 'brief' };
    expect((await startStep(api.ports, LOCAL_ACTOR, on)).refusals).toEqual([]);
    expect((await completeStep(late, LOCAL_ACTOR, on)).refusals).toEqual([]);
    expect((await completeStep(api.ports, LOCAL_ACTOR, on)).refusals).toMatchObject([
      { code: 'STEP_NOT_OPEN' },
    ]);
    const rows = (await api.query(
      `SELECT a.action FROM audit_record a JOIN campaign c ON c.id = a.campaign_id WHERE c.key = 'behind' ORDER BY a.id`,
    )) as { action: string }[];
    expect(rows.map(({ action }) => action)).toEqual(['campaign.create', 'step.start', 'step.complete']);
  });

  it('never launches before the approval it races with', async () => {
    for (let round = 0; round < 10; round++) {
      const key = `race-launch-${round}`;
      await create(key, 'social-post');
      const on = `campaign: "${key}"`;
      const steps = await api
        .as()
        .request<{ campaign: { steps: { key: string; kind: string }[] } }>(
          `{ campaign(key: "${key}") { steps { key kind } } }`,
        );
      const order = steps.campaign.steps;
      const approvals = order.filter((step) => step.kind === 'APPROVAL');
      const last = approvals.at(-1)?.key ?? '';
      for (const step of order) {
        if (step.key === last || step.kind === 'LAUNCH') break;
        const input = `(input: { ${on}, step: "${step.key}" })`;
        if (step.kind === 'APPROVAL') await mutate(`approve${input}`, REVIEWER);
        else
          expect([await mutate(`startStep${input}`), await mutate(`completeStep${input}`)]).toEqual([[], []]);
      }
      const [, launched] = await Promise.all([
        mutate(`approve(input: { ${on}, step: "${last}" })`, REVIEWER),
        mutate(`launchChannel(input: { ${on}, channel: "social" })`),
      ]);
      const rows = (await api.query(
        `SELECT a.action FROM audit_record a JOIN campaign c ON c.id = a.campaign_id
          WHERE c.key = $1 AND a.action IN ('step.approve', 'channel.launch') ORDER BY a.id`,
        [key],
      )) as { action: string }[];
      const actions = rows.map((row) => row.action);
      expect(actions.filter((action) => action === 'step.approve')).toHaveLength(approvals.length);
      if (launched.length === 0) expect(actions.at(-1)).toBe('channel.launch');
      else expect(actions).not.toContain('channel.launch');
    }
  });

  it('lets nobody alter the record or a version', async () => {
    await expect(api.query(`UPDATE audit_record SET actor = 'nobody'`)).rejects.toThrow('append-only');
    await expect(api.query('DELETE FROM audit_record')).rejects.toThrow('append-only');
    await expect(api.query(`UPDATE definition_version SET meaning = '{}'`)).rejects.toThrow('append-only');
  });

  describe('a request that is sent again with its key', () => {
    const start =
      'startStep(input: { campaign: "twice", step: "brief" }) { refusals { code } campaign { key } }';
    const sent = (query: string, key: string, headers: Record<string, string> = {}) =>
      post(api.url, { query }, { 'idempotency-key': key, ...headers });

    it('creates its campaign, and does each thing, once, and is answered the same', async () => {
      const both = `mutation { create: createCampaign(input: { key: "twice", name: "Twice", workflow: "social-post" })
        { refusals { code } campaign { key } } start: ${start} }`;
      const answers = await Promise.all(Array.from({ length: 8 }, () => sent(both, '"one"')));
      const done = { refusals: [], campaign: { key: 'twice' } };
      for (const { data, errors } of answers)
        expect({ data, errors }).toEqual({ data: { create: done, start: done }, errors: [] });
      expect(await recorded('campaign.create', 'twice')).toHaveLength(1);
      expect(await recorded('step.start', 'twice')).toHaveLength(1);
    });

    it('is decided anew where nothing was done', async () => {
      const complete =
        'mutation { completeStep(input: { campaign: "later", step: "brief" }) { refusals { code } } }';
      await create('later', 'social-post');
      expect((await sent(complete, 'two')).data).toMatchObject({ completeStep: { refusals: [{}] } });
      await mutate('startStep(input: { campaign: "later", step: "brief" })');
      for (const _ of [1, 2])
        expect((await sent(complete, 'two')).data).toEqual({ completeStep: { refusals: [] } });
      expect(await recorded('step.complete', 'later')).toHaveLength(1);
    });

    it('is refused with what another request brought about', async () => {
      const create = (key: string) =>
        `mutation { createCampaign(input: { key: "${key}", name: "x", workflow: "social-post" }) { refusals { code } } }`;
      expect((await sent(create('keyed-one'), 'four')).data).toEqual({ createCampaign: { refusals: [] } });
      expect((await sent(create('keyed-two'), 'four')).data).toEqual({
        createCampaign: { refusals: [{ code: 'REQUEST_KEY_REUSED' }] },
      });
      expect(await recorded('campaign.create', 'keyed-two')).toEqual([]);
    });

    it('has the same answers in the same places, also where the first of two was refused', async () => {
      const two = `mutation {
        a: startStep(input: { campaign: "not-yet", step: "brief" }) { refusals { code } campaign { key } }
        b: startStep(input: { campaign: "there", step: "brief" }) { refusals { code } campaign { key } } }`;
      await create('there', 'social-post');
      const b = { refusals: [], campaign: { key: 'there' } };
      expect((await sent(two, 'five')).data).toEqual({
        a: { refusals: [{ code: 'UNKNOWN_CAMPAIGN' }], campaign: null },
        b,
      });
      await create('not-yet', 'social-post');
      expect((await sent(two, 'five')).data).toEqual({
        a: { refusals: [], campaign: { key: 'not-yet' } },
        b,
      });
      expect(await recorded('step.start', 'not-yet')).toHaveLength(1);
      expect(await recorded('step.start', 'there')).toHaveLength(1);
    });

    it('is another one where somebody else sends it', async () => {
      await create('toned', 'product-launch');
      const tone = `mutation { updateBrief(input: { campaign: "toned", fields: [{ name: "tone", text: "calm" }] })
        { refusals { code } campaign { key } } }`;
      const [one, again] = [await sent(tone, 'three'), await sent(tone, 'three')];
      expect(one.data).toMatchObject({ updateBrief: { refusals: [] } });
      expect(again.data).toEqual(one.data);
      const other = await sent(tone, 'three', { 'weir-actor': 'other', 'weir-roles': 'viewer' });
      expect(other.data).toMatchObject({ updateBrief: { refusals: [{ code: 'ROLE_MISSING' }] } });
    });

    it.each(['a b', '%'.repeat(201), '""'])('is not taken with what is no key: %j', async (key) => {
      const { status, errors } = await sent(`mutation { ${start} }`, key);
      expect(status).toBe(400);
      expect(errors).toMatchObject([{ extensions: { code: 'BAD_USER_INPUT' } }]);
    });
  });
});
