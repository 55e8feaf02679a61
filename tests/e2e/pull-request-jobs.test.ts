import { createHmac, randomUUID } from 'node:crypto';
import path from 'node:path';
import { startStep } from '../../src/application/campaign-actions.js';
import { proposeWorkflowChange } from '../../src/application/propose-workflow-change.js';
import { LOCAL_ACTOR } from '../../src/domain/campaign/actor.js';
import { GitProposalWriter } from '../../src/gitops/propose.js';
import { askForPullRequests } from '../../src/jobs/pull-request-tasks.js';
import { SIMPLE_TEAM, simpleWorkflow } from '../support/definitions.js';
import { type PullRequestWorld, startPullRequestWorld } from '../support/pull-request-world.js';
import { type Replica, startReplica } from '../support/replica.js';
import { until } from '../support/until.js';

const SECRET = 'a-secret';
const FILE = 'workflows/post.yaml';

describe('a pull request, from the webhook on', () => {
  let world: PullRequestWorld;
  let replica: Replica;
  beforeAll(async () => {
    world = await startPullRequestWorld({
      'workflows/team.yaml': SIMPLE_TEAM,
      [FILE]: simpleWorkflow('post'),
    });
    await world.sync();
    replica = await startReplica({
      ...{
        databaseUrl: world.databaseUrl,
        location: world.location,
        webhookSecrets: [SECRET],
        checks: world.checks,
      },
      directory: path.join(world.directory, 'replica'),
    });
  }, 60_000);
  afterAll(async () => {
    await replica.close();
    await world.close();
  });

  const deliver = async (event: string, payload: object) => {
    const body = JSON.stringify(payload);
    const signature = createHmac('sha256', SECRET).update(body).digest('hex');
    const headers = {
      'content-type': 'application/json',
      'x-github-event': event,
      'x-github-delivery': randomUUID(),
      'x-hub-signature-256': `sha256=${signature}`,
    };
    const { status } = await fetch(`${replica.url}/webhooks/github`, { method: 'POST', headers, body });
    expect(status).toBe(202);
  };
  const comment = () => Promise.resolve(world.double.comments[0]?.body ?? '');

  it('gets its comment, which follows it', async () => {
    const sha = await world.push('change', { [FILE]: simpleWorkflow('post', { effort: 'P3D' }) }, 1);
    world.double.addPull({ branch: 'change', sha });
    await deliver('pull_request', { action: 'opened', number: 1, pull_request: { number: 1 } });
    expect(await until(comment)).toContain('effort 1 day → 3 days');
    await world.push('change', { [FILE]: simpleWorkflow('post', { effort: 'P5D' }) }, 1);
    await deliver('pull_request', { action: 'synchronize', number: 1, pull_request: { number: 1 } });
    await until(async () => (await comment()).includes('effort 1 day → 5 days'));
    expect(world.double.comments).toHaveLength(1);
  });

  it('is planned anew when the branch it goes to has moved', async () => {
    await world.push('main', { [FILE]: simpleWorkflow('post', { effort: 'P2D' }) });
    await deliver('push', { ref: 'refs/heads/main' });
    await until(async () => (await comment()).includes('effort 2 days → 5 days'));
    expect(world.double.comments).toHaveLength(1);
  });

  it('is looked at regularly, so that a lost webhook does not matter', async () => {
    await world.push('change', { [FILE]: simpleWorkflow('post', { effort: 'P8D' }) }, 1);
    await askForPullRequests(replica.ports);
    await until(async () => (await comment()).includes('effort 2 days → 8 days'));
  });

  it('is planned anew soon after a campaign has moved, with nobody asking for it', async () => {
    await world.createCampaign('spring', 'post');
    await until(async () => (await comment()).includes('1 campaign: '));
    const before = await comment();
    const { refusals } = await startStep(world.checks.ports, LOCAL_ACTOR, {
      ...{ campaign: 'spring', step: 'brief' },
    });
    expect(refusals).toEqual([]);
    // The last line names how the campaigns stood.
    await until(async () => (await comment()) !== before);
    expect(world.double.comments).toHaveLength(1);
  });

  it('of a proposal is opened in the end, where the host was away when it was asked', async () => {
    const { checks, double } = world;
    const writer = new GitProposalWriter(checks.source, () => '2026-03-02');
    double.fail({ method: 'GET', path: '/pulls?', status: 503, times: 4 });
    const { proposal } = await proposeWorkflowChange(
      checks.ports,
      { writer, source: checks.source, host: checks.host },
      LOCAL_ACTOR,
      {
        ...{
          workflow: 'post',
          title: 'A new name',
          rationale: 'It is clearer.',
          text: null,
          branch: 'named',
        },
        edits: [{ type: 'set', path: 'name', value: 'Another' }],
      },
    );
    expect(proposal).toMatchObject({ branch: 'named' });
    await until(() => Promise.resolve(double.pulls.some(({ branch }) => branch === 'named')));
    await until(async () => {
      const rows = await world.query<{ pull_request: number | null }>('SELECT pull_request FROM proposal');
      return rows.length === 1 && rows[0]?.pull_request === 2;
    });
    expect(double.pulls.filter(({ branch }) => branch === 'named')).toHaveLength(1);
  });
});
