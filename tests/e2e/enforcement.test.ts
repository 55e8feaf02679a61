import { actOn } from '../../src/application/run-campaign.js';
import { accept } from '../../src/domain/campaign/actions.js';
import { LOCAL_ACTOR } from '../../src/domain/campaign/actor.js';
import { ImpossibleMove } from '../../src/domain/campaign/machines.js';
import type { Change } from '../../src/domain/campaign/state.js';
import { gql, type GraphQLClient } from 'graphql-request';
import { startApi, type TestApi } from '../support/api.js';

interface Payload {
  refusals: { code: string; message: string; rule: string | null; missing: string[]; askRole: string[] }[];
}
const REFUSALS = '{ refusals { code message rule missing askRole } }';

describe('a campaign through the API', () => {
  let api: TestApi;
  beforeAll(async () => {
    api = await startApi();
  }, 60_000);
  afterAll(() => api.close());

  const act = async (client: GraphQLClient, mutation: string, input: object): Promise<Payload> => {
    const type = `${mutation[0]?.toUpperCase()}${mutation.slice(1)}`;
    const inputType = INPUTS[mutation] ?? `${type}Input`;
    const document = `mutation ($input: ${inputType}!) { payload: ${mutation}(input: $input) ${REFUSALS} }`;
    const { payload } = await client.request<{ payload: Payload }>(document, { input });
    return payload;
  };
  const INPUTS: Record<string, string> = {
    startStep: 'StepInput',
    completeStep: 'StepInput',
  };
  const campaign = 'summer-launch';

  it('is pinned to the version served now, and says what it waits for', async () => {
    const created = await act(api.as(), 'createCampaign', {
      key: campaign,
      name: 'Summer launch',
      workflow: 'product-launch',
    });
    expect(created.refusals).toEqual([]);
    const document = gql`
      query ($key: String!) {
        campaign(key: $key) {
          workflowVersion {
            number
            workflow {
              currentVersion {
                number
              }
            }
          }
          sections {
            key
            status
          }
          steps {
            key
            status
            missing
          }
        }
      }
    `;
    interface Found {
      campaign: {
        workflowVersion: { number: number; workflow: { currentVersion: { number: number } } };
        sections: { key: string; status: string }[];
        steps: { key: string; status: string; missing: string[] }[];
      };
    }
    const { campaign: found } = await api.as().request<Found>(document, { key: campaign });
    expect(found.workflowVersion.number).toBe(found.workflowVersion.workflow.currentVersion.number);
    expect(found.sections.map(({ key, status }) => `${key} ${status}`).slice(0, 2)).toEqual([
      'sign-off OPEN',
      'creative WAITING',
    ]);
    expect(found.steps[0]).toEqual({ key: 'brief', status: 'READY', missing: [] });
    expect(found.steps.find((step) => step.key === 'framework')).toMatchObject({
      status: 'WAITING',
      missing: ['hand-off sign-off-to-creative'],
    });
  });

  it('saves nothing that no state allows, whoever decided on it', async () => {
    const done: Change = { type: 'step', key: 'retrospective', state: { status: 'done', round: 0 } };
    const action = { name: 'step.complete', campaign, subject: 'retrospective' } as const;
    const records = () => api.query('SELECT 1 FROM audit_record');
    const before = await records();
    await expect(actOn(api.ports, LOCAL_ACTOR, action, () => accept(done))).rejects.toThrow(ImpossibleMove);
    expect(await records()).toEqual(before);
  });

  it('refuses to send the email before the social copy is approved, and says who can approve', async () => {
    const { refusals } = await act(api.as(), 'launchChannel', { campaign, channel: 'email' });
    expect(refusals.find((each) => each.code === 'BLOCKED_BY_RULE')).toEqual({
      code: 'BLOCKED_BY_RULE',
      message: "rule 'social-before-email' forbids the launch on 'email' until 'social-copy' is approved",
      rule: 'social-before-email',
      missing: ["'social-copy' is approved"],
      askRole: ['brand'],
    });
  });

  it('refuses a step whose predecessor is open, without writing anything', async () => {
    const before = await api.query('SELECT count(*) FROM audit_record');
    const { refusals } = await act(api.as(), 'startStep', { campaign, step: 'framework' });
    expect(refusals).toMatchObject([
      { code: 'PREDECESSOR_OPEN', missing: ['hand-off sign-off-to-creative'] },
    ]);
    expect(await api.query('SELECT count(*) FROM audit_record')).toEqual(before);
  });

  it('lets nobody approve without the role', async () => {
    const admin = api.as();
    await act(admin, 'startStep', { campaign, step: 'brief' });
    await act(admin, 'completeStep', { campaign, step: 'brief' });
    const email = api.as('email-lead@example.com', 'approver,email-lead');
    const refused = await act(email, 'approve', { campaign, step: 'brand' });
    expect(refused.refusals).toMatchObject([{ code: 'ROLE_MISSING', askRole: ['brand'] }]);
    const brand = api.as('brand@example.com', 'approver,brand');
    expect((await act(brand, 'approve', { campaign, step: 'brand' })).refusals).toEqual([]);
  });

  it('takes an empty list of roles as none, not as everything', async () => {
    const nobody = await act(api.as('somebody@example.com', ''), 'approve', { campaign, step: 'legal' });
    expect(nobody.refusals).toMatchObject([{ code: 'ROLE_MISSING' }]);
  });

  it('records who did what, on which version', async () => {
    const rows = await api.query(
      `SELECT actor, action, subject FROM audit_record WHERE campaign_id IS NOT NULL ORDER BY id`,
    );
    expect(rows).toEqual([
      { actor: 'local', action: 'campaign.create', subject: campaign },
      { actor: 'local', action: 'step.start', subject: 'brief' },
      { actor: 'local', action: 'step.complete', subject: 'brief' },
      { actor: 'brand@example.com', action: 'step.approve', subject: 'brand' },
    ]);
  });
});
