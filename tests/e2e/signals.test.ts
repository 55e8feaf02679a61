import { SIGNAL_FILES, type SignalWorld, startSignalWorld } from '../support/signal-world.js';
import { until } from '../support/until.js';

const START = new Date('2026-11-28T09:00:00Z');
const CONTRIBUTOR = { 'weir-actor': 'analyst@example.com', 'weir-roles': 'contributor' };
const APPROVER = { 'weir-actor': 'brand@example.com', 'weir-roles': 'approver' };
const minutes = (count: number): Date => new Date(START.getTime() + count * 60_000);
const OPEN_RATE = 'email.open_rate';

interface Decision {
  trigger: string;
  outcome: string;
  seen: Record<string, unknown>;
  actions: { type: string; isDone: boolean; text: string }[];
}

describe('signals and triggers', () => {
  let world: SignalWorld;
  beforeAll(async () => {
    world = await startSignalWorld(START);
  }, 60_000);
  afterAll(() => world.close());
  beforeEach(() => {
    world.now = START;
  });

  const create = async (key: string, budget: { email: number; social: number } | null = null) => {
    const made = await world.act('createCampaign', { key, name: key, workflow: 'sale', budget: 10_000 });
    expect(made.refusals).toEqual([]);
    if (!budget) return;
    const channels = Object.entries(budget).map(([channel, amount]) => ({ channel, amount }));
    expect((await world.act('setBudget', { campaign: key, channels })).refusals).toEqual([]);
  };
  const line = (campaign: string, at: Date, value: unknown, more: object = {}) =>
    JSON.stringify({
      campaign,
      signal: OPEN_RATE,
      key: at.toISOString(),
      at,
      value,
      samples: 800,
      ...more,
    });
  const evaluated = (campaign: string) =>
    until(async () => {
      const rows = await world.replica.data.query<{ open: number }[]>(
        `SELECT count(*)::int AS open FROM signal_batch b JOIN campaign c ON c.id = b.campaign_id
          WHERE c.key = $1 AND b.evaluated_at IS NULL`,
        [campaign],
      );
      return rows[0]?.open === 0;
    });
  const send = async (campaign: string, lines: readonly string[]) => {
    const answer = await world.send(lines.join('\n'));
    expect(answer).toMatchObject({ status: 200, body: { accepted: lines.length, rejectedCount: 0 } });
    await evaluated(campaign);
  };
  const decisions = async (campaign: string): Promise<Decision[]> => {
    const fields =
      'trigger outcome seen { value samples heldSeconds ageSeconds readings missing completeness } actions { type isDone text }';
    const found = await world.ask<{ campaign: { triggerDecisions: { nodes: Decision[] } } }>(
      `query ($key: String!) { campaign(key: $key) { triggerDecisions(orderBy: { field: TIME, direction: ASC }) { nodes { ${fields} } } } }`,
      { key: campaign },
    );
    return found.campaign.triggerDecisions.nodes;
  };
  const outcomes = async (campaign: string) => (await decisions(campaign)).map(({ outcome }) => outcome);
  const channels = async (campaign: string) => {
    const found = await world.ask<{
      campaign: { channels: { channel: string; budget: number | null; status: string }[] };
    }>(
      'query ($key: String!) { campaign(key: $key) { channels { channel budget status pausedBy pausedReason creative } } }',
      { key: campaign },
    );
    return found.campaign.channels;
  };
  /** An hour of open rates, one in five minutes, the last of them now. */
  const hour = async (campaign: string, value: number | null, from = 0, more: object = {}) => {
    world.now = minutes(from + 60);
    await send(
      campaign,
      Array.from({ length: 13 }, (_, at) => line(campaign, minutes(from + at * 5), value, more)),
    );
  };

  it('shifts budget, gives a task and tells people, once, within a second of the signal (R56, R57)', async () => {
    await create('flash', { email: 1_000.01, social: 300 });
    const begin = Date.now();
    await hour('flash', 0.06);
    expect(Date.now() - begin).toBeLessThan(1_000);
    expect(await decisions('flash')).toEqual([
      {
        trigger: 'low-open-rate',
        outcome: 'FIRED',
        seen: {
          value: 0.06,
          samples: 800,
          heldSeconds: 3_600,
          ageSeconds: 0,
          readings: 13,
          missing: 0,
          completeness: 1,
        },
        actions: [
          { type: 'SHIFT_BUDGET', isDone: true, text: 'moved 200.00 from email to social' },
          { type: 'CREATE_STEP', isDone: true, text: "gave task 'new-subject-lines' to creative" },
          { type: 'ALERT', isDone: true, text: 'told creative' },
        ],
      },
    ]);
    const after = await channels('flash');
    expect(after.map(({ channel, budget }) => [channel, budget])).toEqual([
      ['email', 800.01],
      ['social', 500],
    ]);
    // Sent again, nothing happens again.
    const again = await world.send(line('flash', minutes(60), 0.06));
    expect(again.body).toMatchObject({ accepted: 0, duplicates: 1 });
    // One more is a decision, and rests.
    world.now = minutes(65);
    await send('flash', [line('flash', minutes(65), 0.05)]);
    expect(await outcomes('flash')).toEqual(['FIRED', 'SUPPRESSED_COOLDOWN']);
    expect(await channels('flash')).toEqual(after);
    const found = await world.ask<{
      campaign: { tasks: object[] };
      alerts: { nodes: object[] };
      auditLog: { nodes: object[] };
    }>(
      `{ campaign(key: "flash") { tasks { key name responsible trigger isDone } }
         alerts(filter: { kind: [TRIGGER_FIRED] }) { nodes { subject message } }
         auditLog(filter: { campaign: "flash", action: [TRIGGER_FIRE, TRIGGER_SUPPRESS] }) { nodes { action actor subject } } }`,
    );
    expect(found.campaign.tasks).toEqual([
      {
        key: 'new-subject-lines',
        name: 'Write new subject lines',
        responsible: 'creative',
        trigger: 'low-open-rate',
        isDone: false,
      },
    ]);
    expect(found.alerts.nodes).toEqual([
      {
        subject: 'flash low-open-rate',
        message:
          "trigger 'low-open-rate' of campaign 'flash': email.open_rate is 0.06 (value < 0.12); moved 200.00 from email to social; gave task 'new-subject-lines' to creative; told creative",
      },
    ]);
    expect(found.auditLog.nodes).toEqual(
      ['TRIGGER_SUPPRESS', 'TRIGGER_FIRE'].map((action) => ({
        action,
        actor: 'trigger low-open-rate',
        subject: 'low-open-rate',
      })),
    );
  });

  it('acts again after its rest, on what is left above the floor, and gives no second task meanwhile', async () => {
    await create('long', { email: 600, social: 0 });
    await hour('long', 0.05);
    await hour('long', 0.05, 361);
    const texts = (await decisions('long')).map(({ actions }) => actions.slice(0, 2).map(({ text }) => text));
    expect(texts).toEqual([
      [
        'moved 100.00 from email to social, not 120.00: email has 600.00 and keeps at least 500.00',
        "gave task 'new-subject-lines' to creative",
      ],
      [
        'moved nothing from email to social: email has 500.00 and keeps at least 500.00',
        "task 'new-subject-lines' is open already",
      ],
    ]);
    const input = { campaign: 'long', task: 'new-subject-lines' };
    expect((await world.act('completeTask', input, '', CONTRIBUTOR)).refusals).toEqual([]);
    expect((await world.act('completeTask', input, '', CONTRIBUTOR)).refusals).toMatchObject([
      { code: 'STEP_NOT_OPEN' },
    ]);
    expect((await world.act('completeTask', { ...input, task: 'new-subject-line' })).refusals).toEqual([
      {
        code: 'UNKNOWN_TASK',
        message: "the campaign has no task 'new-subject-line', did you mean 'new-subject-lines'?",
      },
    ]);
  });

  it('does not act on data that are late, few or incomplete, and tells of them until they are good (R59)', async () => {
    await create('unfit', { email: 1_000, social: 0 });
    await hour('unfit', 0.05, 0, { samples: 99 });
    world.now = minutes(240);
    await send('unfit', [line('unfit', minutes(65), 0.05)]);
    await create('holes', { email: 1_000, social: 0 });
    world.now = minutes(60);
    await send(
      'holes',
      Array.from({ length: 13 }, (_, at) =>
        line('holes', minutes(at * 5), at % 5 === 1 || at % 5 === 3 ? null : 0.05),
      ),
    );
    expect(await outcomes('unfit')).toEqual(['SUPPRESSED_LOW_N', 'SUPPRESSED_STALE']);
    expect(await outcomes('holes')).toEqual(['SUPPRESSED_INCOMPLETE']);
    expect((await channels('unfit')).map(({ budget }) => budget)).toEqual([1_000, 0]);
    const alerts = (open: boolean) =>
      world.ask<{ alerts: { nodes: { subject: string }[] } }>(
        `{ alerts(filter: { kind: [SIGNAL_UNFIT], isOpen: ${open} }) { nodes { subject message } } }`,
      );
    expect((await alerts(true)).alerts.nodes.map(({ subject }) => subject).sort()).toEqual([
      'holes low-open-rate',
      'unfit low-open-rate',
    ]);
    await hour('unfit', 0.05, 300);
    expect(await outcomes('unfit')).toEqual(['SUPPRESSED_LOW_N', 'SUPPRESSED_STALE', 'FIRED']);
    expect((await alerts(true)).alerts.nodes.map(({ subject }) => subject)).toEqual(['holes low-open-rate']);
  });

  it('is slow only where its condition goes on for three days, and nothing is done (R87)', async () => {
    const day = 24 * 60;
    for (const key of ['recovers', 'stays', 'acts', 'in-one-batch']) await create(key);
    const incidents = async (campaign: string, after: number) => {
      world.now = minutes(after);
      const found = await world.ask<{ campaign: { incidents: object[] } }>(
        'query ($key: String!) { campaign(key: $key) { incidents { kind subject evidence } } }',
        { key: campaign },
      );
      return found.campaign.incidents;
    };
    const few = { samples: 100 };
    for (const campaign of ['recovers', 'stays', 'acts', 'in-one-batch']) await hour(campaign, 0.06, 0, few);
    world.now = minutes(65);
    await send('recovers', [line('recovers', minutes(65), 0.4)]);
    await hour('acts', 0.06, 120);
    // What recovers and falls again between two looks has recovered, also longer ago than the trigger looks back.
    world.now = minutes(day);
    const values = Array.from({ length: 100 }, (_, at) => minutes(day - at * 5));
    await send(
      'in-one-batch',
      values.map((at) => line('in-one-batch', at, at < minutes(day - 300) ? 0.4 : 0.06, few)),
    );
    expect(await incidents('stays', 3 * day)).toEqual([]);
    const later = 3 * day + 61;
    expect(await incidents('recovers', later)).toEqual([]);
    expect(await incidents('acts', later)).toEqual([]);
    expect(await incidents('in-one-batch', later)).toEqual([]);
    expect(await incidents('stays', later)).toEqual([
      {
        ...{ kind: 'SLOW_REACTION', subject: 'low-open-rate' },
        evidence: [
          'its condition held from 2026-11-28T10:00:00.000Z for 72 h, and nothing was done: suppressed-low-n',
        ],
      },
    ]);
    expect(await incidents('in-one-batch', later + day)).toMatchObject([{ kind: 'SLOW_REACTION' }]);
  });

  it('rotates creatives and pauses a channel, which only who approves resumes (R61)', async () => {
    await create('social');
    const asset = (key: string) => ({ campaign: 'social', key, channel: 'social', text: 'Save today' });
    for (const key of ['one', 'two']) expect((await world.act('addAsset', asset(key))).refusals).toEqual([]);
    const click = (at: number, value: number) =>
      line('social', minutes(at), value, { signal: 'social.click_rate' });
    world.now = minutes(10);
    await send('social', [click(0, 0.005), click(5, 0.004)]);
    const [decision] = await decisions('social');
    expect(decision?.actions.map(({ text }) => text)).toEqual(["social shows 'two'", 'paused social']);
    const paused = {
      channel: 'social',
      budget: null,
      creative: 'two',
      status: 'PAUSED',
      pausedBy: 'trigger weak-clicks',
    };
    expect((await channels('social'))[1]).toEqual({ ...paused, pausedReason: "trigger 'weak-clicks' fired" });
    const launched = await world.act('launchChannel', { campaign: 'social', channel: 'social' });
    expect(launched.refusals.map(({ code }) => code)).toContain('PREDECESSOR_OPEN');
    const input = { campaign: 'social', channel: 'social' };
    expect((await world.act('resumeChannel', input, '', CONTRIBUTOR)).refusals).toMatchObject([
      { code: 'ROLE_MISSING' },
    ]);
    expect((await world.act('resumeChannel', input, '', APPROVER)).refusals).toEqual([]);
    expect((await channels('social'))[1]).toMatchObject({
      status: 'PLANNED',
      pausedBy: null,
      pausedReason: null,
    });
    // A value that cannot be is a fault of the data.
    world.now = minutes(100);
    await send('social', [click(99, 0)]);
    expect(await outcomes('social')).toEqual(['FIRED', 'SUPPRESSED_RANGE']);
  });

  it('launches nothing on a channel that is paused by hand', async () => {
    await create('held');
    for (const step of ['brief'] as const) {
      for (const move of ['startStep', 'completeStep'])
        await world.ask(
          `mutation { ${move}(input: { campaign: "held", step: "${step}" }) { refusals { code } } }`,
        );
    }
    const input = { campaign: 'held', channel: 'email' };
    expect((await world.act('pauseChannel', { ...input, reason: ' ' })).refusals).toMatchObject([
      { code: 'REASON_MISSING' },
    ]);
    expect(
      (await world.act('pauseChannel', { ...input, channel: 'emial', reason: 'x' })).refusals,
    ).toMatchObject([{ code: 'UNKNOWN_CHANNEL' }]);
    expect(
      (await world.act('pauseChannel', { ...input, reason: 'the offer is wrong' }, '', CONTRIBUTOR)).refusals,
    ).toEqual([]);
    expect((await world.act('launchChannel', input)).refusals).toEqual([
      {
        code: 'CHANNEL_PAUSED',
        message: "'email' was paused by analyst@example.com; it has to be resumed first",
      },
    ]);
    expect((await world.act('resumeChannel', input)).refusals).toEqual([]);
    expect((await world.act('launchChannel', input)).refusals).toEqual([]);
    await world.act('pauseChannel', { ...input, reason: 'again' });
    await world.act('resumeChannel', input);
    expect((await channels('held'))[0]).toMatchObject({ status: 'LIVE' });
  });

  it('sets budgets to the cent, within the budget of the campaign', async () => {
    await create('money');
    const set = async (amounts: Record<string, number>, headers = {}) => {
      const given = Object.entries(amounts).map(([channel, amount]) => ({ channel, amount }));
      const { refusals } = await world.act('setBudget', { campaign: 'money', channels: given }, '', headers);
      return refusals.map(({ code, message }) => [code, message]);
    };
    expect(await set({ email: 9_000.1, social: 999.9 })).toEqual([]);
    expect(await set({ email: 9_000.11 })).toEqual([
      ['INVALID_INPUT', 'the channels would have 10,000.01, and the campaign 10,000.00'],
    ]);
    const amount = [
      'INVALID_INPUT',
      "the budget of 'email' is an amount from 0 to 10¹² with two decimals at most",
    ];
    expect(await set({ email: 1.005 })).toEqual([amount]);
    expect(await set({ email: -1 })).toEqual([amount]);
    expect(await set({ fax: 1 })).toMatchObject([['UNKNOWN_CHANNEL', expect.any(String)]]);
    expect(await set({ email: 1 }, CONTRIBUTOR)).toMatchObject([['ROLE_MISSING', expect.any(String)]]);
    expect((await channels('money')).map(({ budget }) => budget)).toEqual([9_000.1, 999.9]);
  });

  it('answers every line that cannot be taken, and takes the others', async () => {
    await create('lines');
    await create('over');
    await world.replica.data.query(`UPDATE campaign SET status = 'ended' WHERE key = 'over'`);
    const good = line('lines', START, 0.5);
    const bad: [string, string, RegExp][] = [
      ['{"campaign": ', 'MALFORMED', /no JSON/],
      ['[1]', 'MALFORMED', /no JSON object/],
      [line('lines', START, 0.5, { smaples: 1 }), 'MALFORMED', /'smaples', did you mean 'samples'/],
      [line('lines', START, undefined), 'MALFORMED', /'value' is needed/],
      [line('lines', START, 0.5, { at: '2026-02-30T00:00:00Z' }), 'MALFORMED', /'at' is a time/],
      [line('lines', START, 0.5, { at: '2026-11-28T09:00:00' }), 'MALFORMED', /with its zone/],
      [line('lines', START, 0.5, { samples: 1.5 }), 'MALFORMED', /'samples'/],
      [line('lines', START, 0.5, { key: 'a\u0000b' }), 'MALFORMED', /'key'/],
      [line('lines', START, '0.5'), 'NOT_A_NUMBER', /not "0.5"/],
      [line('lines', START, 7).replace(':7,', ':1e999,'), 'NOT_A_NUMBER', /no number/],
      [line('lines', START, 1.01), 'OUT_OF_RANGE', /1.01 is not from 0 to 1/],
      [line('lines', minutes(6), 0.5), 'IN_THE_FUTURE', /yet to come/],
      [line('lines', minutes(-93 * 1_440), 0.5), 'TOO_OLD', /more than 92 days ago/],
      [
        line('lines', START, 0.5, { signal: 'email.open_rat' }),
        'UNKNOWN_SIGNAL',
        /did you mean 'email.open_rate'/,
      ],
      [line('lines', START, 0.5, { channel: 'fax' }), 'UNKNOWN_CHANNEL', /no channel 'fax'/],
      [line('nowhere', START, 0.5), 'UNKNOWN_CAMPAIGN', /no campaign 'nowhere'/],
      [line('over', START, 0.5), 'CAMPAIGN_NOT_RUNNING', /is ended/],
      [line('lines', START, 0.5, { key: 'x'.repeat(70_000) }), 'LINE_TOO_LONG', /64 KiB/],
    ];
    // Clocks may disagree by some minutes.
    const ahead = line('lines', minutes(4), 0.5);
    const { status, body } = await world.send([good, '', ...bad.map(([text]) => text), ahead].join('\r\n'));
    expect(status).toBe(200);
    expect(body).toMatchObject({ accepted: 2, duplicates: 0, rejectedCount: bad.length });
    expect(body.rejected.map(({ line: number, code }) => [number, code])).toEqual(
      bad.map(([, code], at) => [at + 3, code]),
    );
    body.rejected.forEach(({ message }, at) => expect(message).toMatch(bad[at]?.[2] ?? /never/));
  });

  it('takes signals by GraphQL with the same answers', async () => {
    await create('by-graphql');
    const at = START.toISOString();
    const signals = [
      { key: 'a', signal: OPEN_RATE, at, value: 0.2 },
      { key: 'a', signal: OPEN_RATE, at: minutes(-1), value: 0.9 },
      { key: 'b', signal: OPEN_RATE, at, value: null },
      { key: 'c', signal: OPEN_RATE, at, value: 2 },
      { key: '', signal: OPEN_RATE, at, value: 0.2 },
    ];
    const fields = 'accepted duplicates rejectedCount rejected { index code } campaign { key }';
    const record = (campaign: string, given: object[] = signals, headers = {}) =>
      world.act('recordSignals', { campaign, signals: given }, fields, headers);
    const rejected = [
      { index: 3, code: 'OUT_OF_RANGE' },
      { index: 4, code: 'MALFORMED' },
    ];
    const answer = { rejectedCount: 2, rejected, campaign: { key: 'by-graphql' }, refusals: [] };
    expect(await record('by-graphql', signals, CONTRIBUTOR)).toEqual({
      ...answer,
      accepted: 2,
      duplicates: 1,
    });
    expect(await record('by-graphql')).toEqual({ ...answer, accepted: 0, duplicates: 3 });
    // Also where the second says another month: a key is one whenever it was.
    const older = [{ key: 'a', signal: OPEN_RATE, at: minutes(-60 * 1_440), value: 0.1 }];
    expect(await record('by-graphql', older)).toMatchObject({ accepted: 0, duplicates: 1 });
    const hours = await world.ask<{ campaign: { signalHours: object[] } }>(
      `{ campaign(key: "by-graphql") { signalHours(signal: "${OPEN_RATE}", from: "2026-11-28T00:00:00Z", to: "2026-11-29T00:00:00Z") { hour count missing sum min max samples } } }`,
    );
    expect(hours.campaign.signalHours).toEqual([
      { hour: '2026-11-28T09:00:00.000Z', count: 2, missing: 1, sum: 0.2, min: 0.2, max: 0.2, samples: 0 },
    ]);
    expect(await record('nowhere')).toMatchObject({ accepted: 0, refusals: [{ code: 'UNKNOWN_CAMPAIGN' }] });
    expect(await record('by-graphql', signals, APPROVER)).toMatchObject({
      refusals: [{ code: 'ROLE_MISSING' }],
    });
    const [first] = signals;
    const many = Array.from({ length: 5_001 }, () => first ?? {});
    expect(await record('by-graphql', many)).toMatchObject({ refusals: [{ code: 'INVALID_INPUT' }] });
  });

  it('takes what came of a campaign for a quarter after its end, and does nothing of it (R78)', async () => {
    for (const key of ['runs', 'ended', 'called-off']) await create(key);
    await world.replica.data.query(
      `UPDATE campaign SET status = CASE key WHEN 'ended' THEN 'ended' ELSE 'cancelled' END, ended_at = $1 WHERE key IN ('ended', 'called-off')`,
      [START],
    );
    const quarter = 92 * 24 * 60;
    const roi = (campaign: string, at: Date, more: object = {}) =>
      line(campaign, at, -0.5, { signal: 'roi', ...more });
    const codes = async (...lines: string[]) =>
      (await world.send(lines.join('\n'))).body.rejected.map(({ code }) => code);
    world.now = minutes(quarter);
    expect(await codes(roi('ended', world.now), roi('runs', world.now))).toEqual([]);
    expect(await codes(line('ended', world.now, 0.1))).toEqual(['CAMPAIGN_NOT_RUNNING']);
    expect(await codes(roi('called-off', world.now))).toEqual(['CAMPAIGN_NOT_RUNNING']);
    const record = (campaign: string, key: string) =>
      world.act(
        'recordSignals',
        { campaign, signals: [{ key, signal: 'roi', at: world.now, value: 1.5 }] },
        'accepted',
      );
    expect(await record('ended', 'by-graphql')).toEqual({ accepted: 1, refusals: [] });
    expect(await record('called-off', 'by-graphql')).toMatchObject({
      refusals: [{ code: 'CAMPAIGN_NOT_RUNNING' }],
    });
    for (const campaign of ['ended', 'runs']) await evaluated(campaign);
    expect(await outcomes('runs')).toEqual(['FIRED']);
    expect(await outcomes('ended')).toEqual([]);
    const later = minutes(quarter + 1);
    world.now = later;
    expect(await codes(roi('ended', later))).toEqual(['CAMPAIGN_NOT_RUNNING']);
    expect(await record('ended', 'late')).toMatchObject({
      accepted: 0,
      refusals: [{ code: 'CAMPAIGN_NOT_RUNNING' }],
    });
  });

  it('knows a key again, whatever is in it', async () => {
    await create('keys');
    const keys = ['"', '\\', '\\N', '\\t', '{a,b}', 'NULL', "'; --", 'é 日本 🙂', '$1', ' '];
    const lines = keys.map((key) => line('keys', START, 0.5, { key })).join('\n');
    expect((await world.send(lines)).body).toMatchObject({ accepted: keys.length, rejectedCount: 0 });
    expect((await world.send(lines)).body).toMatchObject({ accepted: 0, duplicates: keys.length });
    const rows = await world.replica.data.query<{ key: string }[]>(
      `SELECT s.key FROM signal s JOIN campaign c ON c.id = s.campaign_id WHERE c.key = 'keys'`,
    );
    expect(rows.map(({ key }) => key).sort()).toEqual([...keys].sort());
  });

  it('decides the same on the same values at the same times', async () => {
    const rates = [
      0.3,
      ...Array.from({ length: 30 }, () => 0.06),
      0.2,
      ...Array.from({ length: 30 }, () => 0.04),
    ];
    const lines = (campaign: string) => rates.map((value, at) => line(campaign, minutes(at * 5), value));
    for (const campaign of ['one-by-one', 'again']) {
      await create(campaign, { email: 5_000, social: 0 });
      for (const [at, each] of lines(campaign).entries()) {
        world.now = minutes(at * 5);
        await send(campaign, [each]);
      }
    }
    const found = await decisions('one-by-one');
    expect(found.filter(({ outcome }) => outcome === 'FIRED')).toHaveLength(1);
    expect(await decisions('again')).toEqual(found);
    expect((await channels('again')).map(({ budget }) => budget)).toEqual([4_000, 1_000]);
  }, 30_000);

  it('refuses senders that may not, encodings it does not read, and what any page could send', async () => {
    const text = line('lines', START, 0.5);
    expect(await world.send(text, APPROVER)).toMatchObject({
      status: 403,
      body: { refusals: [{ code: 'ROLE_MISSING' }] },
    });
    expect(await world.send(text, { 'content-encoding': 'gzip' })).toMatchObject({ status: 415 });
    expect(await world.send(text, { 'content-type': 'text/plain' })).toMatchObject({ status: 415 });
    expect(await world.send('')).toMatchObject({ status: 200, body: { accepted: 0, rejectedCount: 0 } });
  });

  it('shows what a trigger would have done, without doing it', async () => {
    await create('past', { email: 1_000, social: 0 });
    world.now = minutes(600);
    const rates = Array.from({ length: 100 }, (_, at) => line('past', minutes(at * 5), at < 40 ? 0.3 : 0.05));
    expect((await world.send(rates.join('\n'))).body.accepted).toBe(100);
    await evaluated('past');
    expect(await outcomes('past')).toEqual(['SUPPRESSED_STALE']);
    const found = await world.ask<{
      triggerPreview: { readings: number; isCut: boolean; decisions: Decision[] };
    }>(
      `{ triggerPreview(campaign: "past", trigger: "low-open-rate", from: "2026-11-28T00:00:00Z", to: "2026-11-29T00:00:00Z") {
           readings isCut decisions { at outcome seen { value } actions { text } } } }`,
    );
    expect(found.triggerPreview).toMatchObject({ readings: 100, isCut: false });
    expect(found.triggerPreview.decisions[0]).toEqual({
      ...{ at: minutes(260).toISOString(), outcome: 'FIRED', seen: { value: 0.05 } },
      actions: [
        { text: 'moved 200.00 from email to social' },
        { text: "gave task 'new-subject-lines' to creative" },
        { text: 'told creative' },
      ],
    });
    expect(new Set(found.triggerPreview.decisions.slice(1).map(({ outcome }) => outcome))).toEqual(
      new Set(['SUPPRESSED_COOLDOWN']),
    );
    expect((await channels('past')).map(({ budget }) => budget)).toEqual([1_000, 0]);
  });
});

/** What comes after the post is handed over once the post is live. */
const HANDED_ON = SIGNAL_FILES['workflows/sale.yaml']
  .replace('id: sale', 'id: handed-on')
  .replace(
    /( {6}- { id: send, .*\n)( {6}- { id: post, .*\n)/,
    '$2  - id: rest\n    model: linear\n    steps:\n$1',
  )
  .concat(
    `handoffs: [{ from: all, to: rest, payload: [claim], verify: [{ cel: "launched('social')" }], mode: async, respondWithin: PT8H }]\n`,
  );

describe('a trigger that takes away what a hand-off had verified', () => {
  let world: SignalWorld;
  beforeAll(async () => {
    world = await startSignalWorld(START, { ...SIGNAL_FILES, 'workflows/handed-on.yaml': HANDED_ON });
  }, 60_000);
  afterAll(() => world.close());

  it('opens the hand-off again, and is told of as who did it (R12)', async () => {
    const campaign = 'handed-on';
    const act = async (mutation: string, input: object = {}) =>
      expect((await world.act(mutation, { campaign, ...input })).refusals).toEqual([]);
    const brief = [{ name: 'claim', text: 'Bright' }];
    const created = { key: campaign, name: campaign, workflow: campaign, brief };
    expect((await world.act('createCampaign', created)).refusals).toEqual([]);
    for (const mutation of ['startStep', 'completeStep'])
      await world.ask(
        `mutation { ${mutation}(input: { campaign: "handed-on", step: "brief" }) { refusals { message } } }`,
      );
    await act('launchChannel', { channel: 'social' });
    await act('acceptHandoff', { handoff: 'all-to-rest' });
    const clicks = [minutes(-2), minutes(-1), minutes(0)].map((at) =>
      JSON.stringify({ campaign, signal: 'social.click_rate', key: at.toISOString(), at, value: 0.005 }),
    );
    expect((await world.send(clicks.join('\n'))).body.accepted).toBe(3);
    const seen = async () => {
      const { campaign: found } = await world.ask<{ campaign: { handoffs: { status: string }[] } }>(
        '{ campaign(key: "handed-on") { handoffs { status reopenings { because by } } } }',
      );
      return found.handoffs[0];
    };
    await until(async () => (await seen())?.status !== 'ACCEPTED');
    expect(await seen()).toEqual({
      status: 'OPEN',
      reopenings: [{ because: "it lacks condition launched('social')", by: 'trigger weak-clicks' }],
    });
    expect((await world.act('launchChannel', { campaign, channel: 'email' })).refusals).toMatchObject([
      { code: 'PREDECESSOR_OPEN' },
    ]);
    await act('resumeChannel', { channel: 'social' });
    await act('acceptHandoff', { handoff: 'all-to-rest' });
    await act('launchChannel', { channel: 'email' });
  });
});
