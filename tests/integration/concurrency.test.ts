import { REVIEWER, startApi, type TestApi } from '../support/api.js';

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
});
