import { readFile } from 'node:fs/promises';
import { LOCAL_ACTOR } from '../../src/domain/campaign/actor.js';
import { REVIEWER, startApi, type TestApi, TODAY } from '../support/api.js';
import { talker } from '../support/brief-world.js';
import { commitFiles, git } from '../support/repository.js';
import { socialPosts } from '../support/social-post.js';

const ANSWERS = { convergence: 'Mostly.', bottlenecks: 'Brand took a day.', drift: 'No.' };

describe('retrospectives', () => {
  let api: TestApi;
  let act: ReturnType<typeof talker>['act'];
  let create: ReturnType<typeof socialPosts>['create'];
  let did: ReturnType<typeof socialPosts>['did'];
  let play: ReturnType<typeof socialPosts>['play'];
  beforeAll(async () => {
    api = await startApi();
    ({ act } = talker(api));
    ({ create, did, play } = socialPosts(api));
    await playSpring();
    for (const key of ['summer', 'called-off', 'running']) await create(key);
    await play('summer');
    await did('cancelCampaign', { campaign: 'called-off', reason: 'No budget.' });
  }, 60_000);
  afterAll(() => api.close());

  /** The post is begun on the afternoon after the brief, and brand sends it back once. */
  async function playSpring(): Promise<void> {
    const { step } = socialPosts(api);
    const campaign = 'spring';
    api.now = new Date('2026-11-19T08:00:00Z');
    const plan = { workflow: 'social-post', plannedLaunchAt: '2026-11-20T12:00:00Z' };
    await did('createCampaign', { key: campaign, name: campaign, ...plan });
    await step(campaign, 'brief');
    api.now = new Date('2026-11-20T14:00:00Z');
    await step(campaign, 'write-post');
    const post = { key: 'post', channel: 'social', text: 'Lamps for everybody.', segments: [] };
    await did('addAsset', { campaign, ...post });
    await did('reject', { campaign, step: 'brand-approval', comment: 'Not our words.' }, ...REVIEWER);
    for (const key of ['revise-post', 'write-post']) await step(campaign, key);
    await did('approve', { campaign, step: 'brand-approval' }, ...REVIEWER);
    await did('launchChannel', { campaign, channel: 'social' });
    await step(campaign, 'retrospective');
    await did('endCampaign', { campaign });
    api.now = TODAY;
  }

  const refusedWith = async (...[name, input, actor, roles]: Parameters<typeof act>): Promise<string[]> =>
    (await act(name, input, actor, roles)).map(({ message }) => message);
  const retrospective = async <T>(campaign: string, fields: string): Promise<T> => {
    const answer = await talker(api).ask<{ retrospective: T }>(campaign, `retrospective { ${fields} }`);
    return answer.retrospective;
  };
  const open = async (value: boolean): Promise<string[]> => {
    const { retrospectives } = await api.as().request<{
      retrospectives: { nodes: { campaign: { key: string } }[] };
    }>(`{ retrospectives(filter: { hasOpenActions: ${value} }) { nodes { campaign { key } } } }`);
    return retrospectives.nodes.map(({ campaign }) => campaign.key);
  };

  it('are there once a campaign has ended, with the evidence in words', async () => {
    expect(await refusedWith('answerRetrospective', { campaign: 'running', complete: true })).toEqual([
      "campaign 'running' still runs: its retrospective opens when it ends",
    ]);
    expect(await refusedWith('answerSurvey', { campaign: 'called-off', score: 3 })).toEqual([
      "campaign 'called-off' was called off: it has no retrospective",
    ]);
    const { answers } = await retrospective<{ answers: object[] }>(
      'spring',
      'answers { question answer evidence }',
    );
    expect(answers).toEqual([
      {
        question: 'Did the workflow support convergence as intended?',
        answer: null,
        evidence: [
          "missed deadline 'social': 'social' opened 2 h after its plan; 'write-post' lay 14 h before it was begun",
        ],
      },
      {
        question: 'Were there bottlenecks?',
        answer: null,
        evidence: [
          "the longest wait: 'write-post' lay 14 h before it was begun",
          "'brand-approval' rejected work once",
        ],
      },
      {
        question: 'Did channels drift out of alignment?',
        answer: null,
        evidence: ['no channel differed from the brief when it was measured last'],
      },
    ]);
  });

  it('stay as they were when the campaign ended, whatever becomes of its people (R77)', async () => {
    const shown = () =>
      Promise.all([
        retrospective('spring', 'answers { evidence }'),
        talker(api).ask(
          'spring',
          'incidents { kind cause evidence delay { hours waitingHours workingHours } }',
        ),
      ]);
    const before = await shown();
    expect(before[1]).toMatchObject({
      incidents: [{ kind: 'MISSED_DEADLINE', delay: { hours: 2, waitingHours: 14 } }],
    });
    const file = 'workflows/team.yaml';
    const text = await readFile(`${api.repository}/${file}`, 'utf8');
    const hours = text.replaceAll('"09:00-17:00"', '"12:00-13:00"');
    await commitFiles(api.repository, { [file]: hours }, { message: 'Shorter days' });
    await api.sync.run('cli', LOCAL_ACTOR);
    expect(await shown()).toEqual(before);
    // Of what ended before words were noted, they are found in the record, with people as they are.
    await api.query(
      `UPDATE retrospective SET evidence = evidence - 'words'
        WHERE campaign_id = (SELECT id FROM campaign WHERE key = 'spring')`,
    );
    expect(JSON.stringify(await shown())).toContain("'write-post' lay 2 h before it was begun");
  });

  it('keep what several people say at once, and who said it', async () => {
    const says = (person: string, text: string) =>
      did('answerRetrospective', { campaign: 'spring', answers: { drift: text } }, person, 'contributor');
    await Promise.all([says('a@example.com', 'No.'), says('b@example.com', 'On social, for a day.')]);
    await says('a@example.com', 'Hardly.');
    const shown = await retrospective<{ answers: { given: { by: string; text: string }[] }[] }>(
      'spring',
      'answers { answer given { by text } }',
    );
    expect(shown.answers[2]).toEqual({
      answer: 'On social, for a day.\n\nHardly.',
      given: [
        { by: 'b@example.com', text: 'On social, for a day.' },
        { by: 'a@example.com', text: 'Hardly.' },
      ],
    });
    const records = await api.query(
      `SELECT actor FROM audit_record WHERE action = 'retrospective.answer' ORDER BY actor`,
    );
    expect(records).toEqual(['a', 'a', 'b'].map((name) => ({ actor: `${name}@example.com` })));
  });

  it('are completed by stewards, and only with an answer to each question', async () => {
    const complete = { campaign: 'spring', complete: true };
    expect(await act('answerRetrospective', complete)).toMatchObject([
      {
        code: 'ANSWERS_MISSING',
        missing: ['Did the workflow support convergence as intended?', 'Were there bottlenecks?'],
      },
    ]);
    const blank = { campaign: 'spring', answers: { bottlenecks: '  ' } };
    expect(await refusedWith('answerRetrospective', blank)).toEqual([
      "the answer to 'Were there bottlenecks?' is empty or too long",
    ]);
    const all = { ...complete, answers: ANSWERS };
    expect(await act('answerRetrospective', all, 'a@example.com', 'contributor')).toMatchObject([
      { code: 'ROLE_MISSING', missing: ['steward'] },
    ]);
    await did('answerRetrospective', all, 's@example.com', 'steward');
    expect(await retrospective('spring', 'completedBy')).toEqual({ completedBy: 's@example.com' });
    expect(await act('answerRetrospective', { campaign: 'spring', answers: ANSWERS })).toMatchObject([
      { code: 'RETROSPECTIVE_COMPLETED' },
    ]);
  });

  it('track what is to change to the commit and to the campaigns since', async () => {
    const action = { text: 'Give the writer longer.', owner: 'social-lead', dueOn: '2026-12-10' };
    const note = (...actions: object[]) => ({ campaign: 'spring', actions });
    expect(await refusedWith('answerRetrospective', note({ text: 'Nobody does it.' }))).toEqual([
      'a new action has a text, an owner and a day by which it is done',
    ]);
    expect(await refusedWith('answerRetrospective', note({ ...action, owner: 'social-led' }))).toEqual([
      "there is no role 'social-led' to see to an action, did you mean 'social-lead'?",
    ]);
    await did('answerRetrospective', note(action, { ...action, text: 'Thank brand.', dueOn: '2026-11-01' }));
    const fields =
      'actions { number text owner workflow proposal state commit { sha } effect effects { metric } nextCampaigns { key } }';
    const shown = await retrospective('spring', fields);
    const none = { proposal: null, commit: null, effect: null, effects: [], nextCampaigns: [] };
    expect(shown).toMatchObject({
      actions: [
        { number: 1, ...none, text: action.text, workflow: 'social-post', state: 'OPEN' },
        { number: 2, ...none, state: 'OVERDUE' },
      ],
    });
    expect([await open(true), await open(false)]).toEqual([['spring'], ['summer']]);

    const { branch, commit } = await propose();
    expect(await refusedWith('answerRetrospective', note({ number: 1, proposal: 'no-such' }))).toEqual([
      "no proposal was made on a branch 'no-such': use the branch that it was given",
    ]);
    await did('answerRetrospective', note({ number: 1, proposal: branch }, { number: 2, done: true }));
    expect(await open(true)).toEqual(['spring']);
    await git(api.repository, 'update-ref', 'refs/heads/main', commit);
    await api.sync.run('cli', LOCAL_ACTOR);
    expect(await open(true)).toEqual([]);
    expect(await retrospective('spring', fields)).toMatchObject({
      actions: [
        {
          ...{ state: 'DONE', commit: { sha: commit }, nextCampaigns: [] },
          effect: 'no campaign has been created on the version after it yet',
        },
        { state: 'DONE', commit: null },
      ],
    });
    await create('autumn');
    await api.query(
      `UPDATE campaign SET created_at = now() + interval '1 day', launched_at = now() + interval '2 days' WHERE key = 'autumn'`,
    );
    expect(await retrospective('spring', fields)).toMatchObject({
      actions: [
        {
          nextCampaigns: [{ key: 'autumn' }],
          effect: expect.stringMatching(
            /^1 campaign since; Time to launch: \+9 hours, not enough data to tell, 2 campaigns before and 1 after/,
          ) as string,
        },
        {},
      ],
    });
  });
  async function propose(): Promise<{ branch: string; commit: string }> {
    const answer = await api.as().request<{
      proposeWorkflowChange: { proposal: { branch: string; commit: string } };
    }>('mutation ($input: ProposeWorkflowChangeInput!) { proposeWorkflowChange(input: $input) { proposal { branch commit } } }', {
      input: {
        ...{ workflow: 'social-post', title: 'Longer', rationale: 'The writer is always late.' },
        edits: [{ set: { path: 'step write-post / effort', value: 'PT6H' } }],
      },
    });
    return answer.proposeWorkflowChange.proposal;
  }

  it('hold an action of which nothing came for 30 days for overdue, whatever its day', async () => {
    const action = { text: 'Ask earlier.', owner: 'brand', dueOn: '2027-06-01' };
    await did('answerRetrospective', { campaign: 'summer', actions: [action] });
    const agreed = (at: string) =>
      api.query(
        `UPDATE retrospective SET actions = jsonb_set(actions, '{0,at}', to_jsonb($1::text))
          WHERE campaign_id = (SELECT id FROM campaign WHERE key = 'summer')`,
        [at],
      );
    const state = () => retrospective('summer', 'actions { state }');
    await agreed('2026-10-24T00:00:00Z');
    expect(await state()).toEqual({ actions: [{ state: 'OPEN' }] });
    await agreed('2026-10-23T23:59:59Z');
    expect(await state()).toEqual({ actions: [{ state: 'OVERDUE' }] });
    expect(await open(true)).toEqual(['summer']);
  });

  it('ask the team without knowing who says what, and tell nothing below five answers', async () => {
    const say = (person: number, score: number, painPoints: string | null = null) =>
      did(
        'answerSurvey',
        { campaign: 'summer', score, painPoints },
        `person-${person}@example.com`,
        'contributor',
      );
    const survey = () => retrospective('summer', 'survey { answers meanScore painPoints }');
    const satisfaction = () =>
      api.as().request(
        `{ metricSeries(metric: SATISFACTION, bucket: MONTH, from: "2026-11-01T00:00:00Z", to: "2026-12-01T00:00:00Z") {
             lines { points { campaigns mean } } } }`,
      );
    expect(await survey()).toEqual({ survey: { answers: 0, meanScore: null, painPoints: [] } });
    for (const person of [1, 2, 3, 4]) await say(person, person, person === 4 ? 'Too many meetings.' : null);
    await say(4, 5, 'Brand is slow.');
    expect(await survey()).toEqual({ survey: { answers: 4, meanScore: null, painPoints: [] } });
    expect(JSON.stringify(await satisfaction())).not.toContain('2.75');
    await say(5, 4, 'Approvals come late.');
    expect(await survey()).toEqual({
      survey: { answers: 5, meanScore: 3, painPoints: ['Approvals come late.', 'Brand is slow.'] },
    });
    expect(JSON.stringify(await satisfaction())).toContain('"campaigns":1,"mean":3');
    expect(await refusedWith('answerSurvey', { campaign: 'summer', score: 6 })).toEqual([
      'a score is from 1 to 5',
    ]);

    const tables = ['audit_record', 'survey_answer', 'retrospective'] as const;
    const everything = async () =>
      JSON.stringify(await Promise.all(tables.map((table) => api.query(`SELECT * FROM ${table}`))));
    expect(await everything()).not.toContain('person-');
    const people = async () =>
      (await api.query('SELECT person FROM survey_answer')).map((row) => (row as { person: string }).person);
    const before = await people();
    await did('answerRetrospective', { campaign: 'summer', answers: ANSWERS, complete: true });
    expect((await people()).some((person) => before.includes(person))).toBe(false);
    expect(await api.query('SELECT survey_key FROM retrospective WHERE survey_key IS NOT NULL')).toEqual([]);
    expect(await act('answerSurvey', { campaign: 'summer', score: 1 })).toMatchObject([
      { code: 'RETROSPECTIVE_COMPLETED' },
    ]);
  });

  it('propose what an action asks for, with the evidence, and note the branch', async () => {
    const action = { text: 'Give the writer a day.', owner: 'social-lead', dueOn: '2026-12-10' };
    await did('answerRetrospective', { campaign: 'spring', actions: [action] });
    const proposed = (number: number, workflow = 'social-post', campaign = 'spring') =>
      api.as().request<{
        proposeWorkflowChange: {
          proposal: { branch: string; commit: string; plan: object } | null;
          refusals: { message: string }[];
        };
      }>(
        `mutation ($input: ProposeWorkflowChangeInput!) { proposeWorkflowChange(input: $input) {
            proposal { branch commit plan { __typename } } refusals { message } } }`,
        {
          input: {
            ...{ workflow, title: 'A day', rationale: 'It was late.', action: { campaign, number } },
            edits: [{ set: { path: 'step write-post / effort', value: 'P1D' } }],
          },
        },
      );
    const refused = async (...[number, workflow, campaign]: Parameters<typeof proposed>) =>
      (await proposed(number, workflow, campaign)).proposeWorkflowChange.refusals[0]?.message;
    expect(await refused(9)).toBe("the retrospective of 'spring' has no action 9");
    expect(await refused(3, 'product-launch')).toBe(
      "action 3 is about 'social-post', not about 'product-launch'",
    );
    expect(await refused(1, 'social-post', 'running')).toMatch(/still runs/);
    expect(await refused(1, 'social-post', 'nobody')).toBe("there is no campaign 'nobody'");
    const { proposal, refusals } = (await proposed(3)).proposeWorkflowChange;
    expect(refusals).toEqual([]);
    const { actions } = await retrospective<{ actions: { proposal: string | null }[] }>(
      'spring',
      'actions { proposal }',
    );
    expect(actions[2]?.proposal).toBe(proposal?.branch);
    const message = await git(api.repository, 'log', '-1', '--format=%B', proposal?.commit ?? '');
    expect(message).toContain(
      "It was late.\n\nAction 3 of the retrospective of 'spring': Give the writer a day.",
    );
    expect(message).toContain(
      "Were there bottlenecks?\n- the longest wait: 'write-post' lay 2 h before it was begun",
    );
  });

  it('know a proposal again by what it means, however it comes to the branch', async () => {
    const file = 'workflows/social-post.yaml';
    const [repository, day] = [api.repository, 24 * 3_600_000];
    const onMain = (text: string, message: string, days: number) =>
      commitFiles(
        repository,
        { [file]: text },
        { message, date: new Date(TODAY.getTime() + days * day).toISOString() },
      );
    const action = { text: 'Meet on Mondays.', owner: 'social-lead', dueOn: '2026-12-10' };
    await did('answerRetrospective', { campaign: 'spring', actions: [{ number: 3, done: true }, action] });
    await git(repository, 'reset', '--hard');
    const before = await readFile(`${repository}/${file}`, 'utf8');
    const text = `${before}cadence: [{ id: monday, rrule: FREQ=WEEKLY;BYDAY=MO, duration: PT30M }]\n`;
    const input = {
      ...{ workflow: 'social-post', title: 'Meet', rationale: 'Nobody knew.', text },
      action: { campaign: 'spring', number: 4 },
    };
    expect(await refusedWith('proposeWorkflowChange', input)).toEqual([]);
    const found = async () => {
      await api.sync.run('cli', LOCAL_ACTOR);
      const { actions } = await retrospective<{ actions: object[] }>(
        'spring',
        'actions { state commit { sha } }',
      );
      return actions[3];
    };

    await onMain(before.replace('name: Simple', 'name: Plain'), 'Another name', 1);
    await found();
    await onMain(before, 'The old name', 2);
    expect(await found()).toEqual({ state: 'OPEN', commit: null });
    expect(await open(true)).toContain('spring');
    const squashed = await onMain(`# Written anew.\n${text}`, 'Meet on Mondays', 3);
    expect(await found()).toEqual({ state: 'DONE', commit: { sha: squashed } });
    expect(await open(true)).not.toContain('spring');
  });
});
