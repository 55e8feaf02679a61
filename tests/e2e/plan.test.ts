import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gql } from 'graphql-request';
import { LOCAL_ACTOR } from '../../src/domain/campaign/actor.js';
import { startApi, type TestApi } from '../support/api.js';
import { commitFiles, git } from '../support/repository.js';
import { weir as command } from '../support/run.js';

const weir = (...args: string[]) => command(args, { env: { PATH: process.env['PATH'] } });

const step = (id: string, more = '') =>
  `      - { id: ${id}, responsible: creative-lead, accountable: creative-lead, effort: P1D${more === '' ? '' : `, ${more}`} }\n`;
const workflow = (steps: readonly string[], gate = '0.5') => `apiVersion: weir/v1
kind: Workflow
id: leaflet
name: Leaflet
steward: marketing-ops-manager
pattern: parallel
channels: [email, social]
sections:
  - id: copy
    model: parallel
    lanes:
      one:
        steps:
    ${steps.join('    ').trimEnd()}
      two: { steps: [{ id: other, responsible: creative-lead, accountable: creative-lead, effort: P1D }] }
    gates: [{ id: together, at: endpoint, merge: all, approvers: [creative-lead], checks: [{ metric: message-consistency, atLeast: ${gate} }], onFail: block }]
  - id: out
    model: linear
    steps:
      - { id: send, kind: launch, channel: email, responsible: email-lead, accountable: creative-lead, effort: PT1H }
      - { id: look-back, kind: retrospective, responsible: creative-lead, accountable: creative-lead, effort: P1D }
`;
const BEFORE = workflow([step('draft'), step('polish')]);
const AFTER = workflow(
  [
    step('draft'),
    step('permission', 'kind: approval'),
    step('polish').replace('responsible: creative-lead', 'responsible: copywriter'),
  ],
  '0.95',
).replaceAll('copywriter', 'brand');

const PLAN = gql`
  query ($base: String!, $head: String!) {
    plan(base: $base, head: $head) {
      ok
      base {
        ref
        sha
      }
      workflows {
        key
        change
        classification
        changes {
          summary
        }
        forecast {
          before {
            p80Hours
          }
          after {
            p80Hours
          }
        }
        touchedBy {
          kind
          key
          summary
        }
        raci {
          step
          before {
            responsible
          }
          after {
            responsible
          }
        }
        approvals {
          kind
          key
          before
          after
          summary
        }
        impact {
          campaign
          effect
          detail
          mapping {
            from
            to
            status
            detail
          }
          trace
        }
        past {
          campaign
          detail
          gates
          approvers
          dates {
            what
            hours
          }
        }
      }
      documents {
        kind
        key
        change
        summary
      }
    }
  }
`;

interface Planned {
  key: string;
  change: string;
  touchedBy: { kind: string; key: string; summary: string }[];
  raci: object[];
  approvals: { kind: string; summary: string }[];
  impact: { campaign: string; effect: string; detail: string }[] | null;
  past:
    | { campaign: string; gates: string[]; approvers: string[]; dates: { what: string; hours: number }[] }[]
    | null;
}

describe('a plan with the campaigns that it touches', () => {
  let api: TestApi;

  const act = async (mutation: string, input: object) => {
    const type = ['startStep', 'completeStep'].includes(mutation)
      ? 'StepInput'
      : `${mutation[0]?.toUpperCase() ?? ''}${mutation.slice(1)}Input`;
    const document = `mutation ($input: ${type}!) { payload: ${mutation}(input: $input) { refusals { message } } }`;
    const { payload } = await api.as().request<{ payload: { refusals: object[] } }>(document, { input });
    expect(payload.refusals).toEqual([]);
  };
  const work = async (campaign: string, ...steps: string[]) => {
    for (const each of steps) {
      await act('startStep', { campaign, step: each });
      await act('completeStep', { campaign, step: each });
    }
  };
  const plan = async (base: string, head: string) => {
    const { plan: found } = await api
      .as()
      .request<{ plan: { ok: boolean; workflows: Planned[]; documents: object[] } }>(PLAN, { base, head });
    const leaflet = found.workflows.find(({ key }) => key === 'leaflet');
    return { ...found, leaflet };
  };
  const branch = async (name: string, files: Record<string, string>) => {
    await git(api.repository, 'checkout', '--quiet', '-B', name, 'main');
    await commitFiles(api.repository, files, { message: name });
    await git(api.repository, 'checkout', '--quiet', 'main');
  };

  beforeAll(async () => {
    api = await startApi();
    await commitFiles(
      api.repository,
      { 'workflows/leaflet.yaml': BEFORE },
      { message: 'leaflet', date: '2026-11-22T00:00:00Z' },
    );
    await api.sync.run('cli', LOCAL_ACTOR);
    for (const key of ['fresh', 'begun', 'late', 'over'])
      await act('createCampaign', { key, name: key, workflow: 'leaflet' });
    await work('begun', 'draft');
    for (const key of ['late', 'over']) await work(key, 'draft', 'polish', 'other');
    await act('evaluateGate', {
      campaign: 'over',
      gate: 'together',
      measurements: [{ metric: 'message-consistency', number: 0.9 }],
    });
    await act('launchChannel', { campaign: 'over', channel: 'email' });
    await work('over', 'look-back');
    await act('endCampaign', { campaign: 'over' });
    await branch('change', { 'workflows/leaflet.yaml': AFTER });
  }, 60_000);
  afterAll(() => api.close());

  it('can be asked of the branches that are not merged into the one that is followed, which are listed', async () => {
    await git(api.repository, 'branch', 'landed', 'main');
    const { repository } = await api.as().request<{
      repository: { branch: string; otherBranches: string[] };
    }>('{ repository { branch otherBranches } }');
    expect(repository.branch).toBe('main');
    expect(repository.otherBranches).toContain('finance-approves-offers');
    expect(repository.otherBranches).not.toContain('main');
    expect(repository.otherBranches).not.toContain('landed');
  });

  it('says for each running campaign whether it can move over, and why not', async () => {
    const { leaflet } = await plan('main', 'change');
    expect(leaflet?.change).toBe('MODIFIED');
    expect(leaflet?.impact).toMatchObject([
      {
        campaign: 'fresh',
        effect: 'MOVABLE',
        mapping: [{ from: null, to: 'permission', status: 'WAITING', detail: 'new' }],
        trace: null,
      },
      { campaign: 'begun', effect: 'MOVABLE' },
      {
        campaign: 'late',
        effect: 'STUCK',
        detail: "'polish' has begun although the approval 'permission', which is not given, comes first",
      },
    ]);
  });

  it('draws what changes, as the diff of two versions does, and nothing of what stays', async () => {
    const document = gql`
      {
        plan(base: "main", head: "change") {
          workflows {
            key
            text: diagram
            drawing: diagram(as: SVG)
          }
        }
      }
    `;
    const { plan: found } = await api
      .as()
      .request<{ plan: { workflows: { key: string; text: string | null; drawing: string | null }[] } }>(
        document,
      );
    const drawn = found.workflows.filter(({ text }) => text !== null);
    expect(drawn.map(({ key }) => key)).toEqual(['leaflet']);
    expect(drawn[0]?.text).toContain('#43; Permission');
    expect(drawn[0]?.drawing).toMatch(/^<svg[^]*data-element="step permission"/);
    expect(found.workflows.filter(({ drawing }) => drawing !== null)).toEqual(drawn);
  });

  it('says what it would have altered in campaigns that have ended', async () => {
    const { leaflet } = await plan('main', 'change');
    expect(leaflet?.past).toMatchObject([
      {
        campaign: 'over',
        gates: ["gate 'together' would have failed: message-consistency is 0.9, needs at least 0.95"],
        approvers: ["approval 'permission' by creative-lead would have been needed"],
        dates: [
          { what: 'LAUNCH', hours: 24 },
          { what: 'END', hours: 24 },
        ],
      },
    ]);
  });

  it('lists who does and approves what otherwise', async () => {
    const { leaflet } = await plan('main', 'change');
    expect(leaflet?.raci).toEqual([
      { step: 'permission', before: null, after: { responsible: ['creative-lead'] } },
      { step: 'polish', before: { responsible: ['creative-lead'] }, after: { responsible: ['brand'] } },
    ]);
    expect(leaflet?.approvals).toEqual([
      {
        kind: 'STEP',
        key: 'permission',
        before: null,
        after: ['creative-lead'],
        summary: "approval 'permission': now takes creative-lead",
      },
    ]);
  });

  it('shows a change of Policy or Team on every workflow it touches', async () => {
    const policy = await git(api.repository, 'show', 'main:workflows/policy.yaml');
    const team = await git(api.repository, 'show', 'main:workflows/team.yaml');
    await branch('rules', {
      'workflows/policy.yaml': policy.replace(
        /approvals:/,
        'approvals:\n  - { when: "campaign.risk == \'medium\'", require: [brand] }',
      ),
      'workflows/team.yaml': `${team.trimEnd()}\n`.replace(
        /(id: email-lead,[^}]*?)capacity: (\d+)/,
        '$1capacity: 9',
      ),
    });
    const { leaflet, workflows, documents } = await plan('main', 'rules');
    expect(documents.length).toBeGreaterThan(0);
    expect(leaflet?.change).toBe('UNCHANGED');
    expect(leaflet?.touchedBy).toContainEqual({
      kind: 'POLICY',
      key: expect.any(String) as string,
      summary: 'other approvals before a launch',
    });
    expect(leaflet?.approvals).toMatchObject([
      { kind: 'POLICY', summary: "before any launch, where campaign.risk == 'medium': now takes brand" },
    ]);
    // Nothing of the leaflet is ever approved by the brand team, so nothing could be launched any more.
    expect(leaflet?.impact?.map(({ effect }) => effect)).toEqual(['STUCK', 'STUCK', 'STUCK']);
    expect(leaflet?.impact?.[0]?.detail).toContain('the policy demands approval by brand');
    expect(workflows.filter(({ touchedBy }) => touchedBy.length > 0).length).toBeGreaterThan(1);
  });

  it('refuses refs that are not there, and proposals that are too large', async () => {
    await expect(plan('main', 'nowhere')).rejects.toThrow(/'nowhere' is no branch, tag or commit/);
    const blob = await git(api.repository, 'rev-parse', 'main:workflows/social-post.yaml');
    for (const ref of ['f'.repeat(40), blob])
      await expect(plan('main', ref)).rejects.toMatchObject({
        response: { errors: [{ extensions: { code: 'BAD_USER_INPUT' } }] },
      });
    const ask =
      'query ($documents: [String!]!) { impactOfProposal(documents: $documents, workflows: []) { workflow } }';
    await expect(
      api.as().request(ask, { documents: Array.from({ length: 201 }, () => 'x: 1') }),
    ).rejects.toThrow(/201 documents are too many/);
  });

  it('knows whether a pilot has shown enough to be open to everybody, here and from a laptop', async () => {
    const trial = (status: string) => `${BEFORE.replace('id: leaflet', 'id: trial')}${status}`;
    const moment = { message: 'trial', date: '2026-11-22T01:00:00Z' };
    const piloted = 'status: pilot\npilotCampaigns: [first]\n';
    await commitFiles(api.repository, { 'workflows/trial.yaml': trial(piloted) }, moment);
    await api.sync.run('cli', LOCAL_ACTOR);
    await act('createCampaign', { key: 'first', name: 'first', workflow: 'trial' });
    await branch('open', { 'workflows/trial.yaml': trial('status: active\n') });
    const waits = async () => {
      const here = await api
        .as()
        .request<{ plan: { workflows: { key: string; waits: string | null }[] } }>(
          '{ plan(base: "main", head: "open") { workflows { key waits } } }',
        );
      const asked = [
        'plan',
        '--repo',
        api.repository,
        '--base',
        'main',
        '--head',
        'open',
        '--format',
        'json',
      ];
      const { out } = await weir(...asked, '--server', api.url);
      const there = (JSON.parse(out) as { workflows: { id: string; waits: string | null }[] }).workflows;
      return [
        here.plan.workflows.find(({ key }) => key === 'trial')?.waits,
        there.find(({ id }) => id === 'trial')?.waits,
      ];
    };
    const missing = expect.stringContaining('no campaign of the pilot has ended') as string;
    expect(await waits()).toEqual([missing, missing]);
    await api.query("UPDATE campaign SET status = 'ended', ended_at = now() WHERE key = 'first'", []);
    expect(await waits()).toEqual([null, null]);
  }, 20_000);

  describe('on a laptop, with a server', () => {
    const arguments_ = () => [
      'plan',
      '--repo',
      api.repository,
      '--base',
      'main',
      '--head',
      'change',
      '--format',
      'json',
    ];

    it('computes the plan itself, and asks the server only for the campaigns', async () => {
      const { code, out, err } = await weir(...arguments_(), '--server', api.url);
      expect(err).toBe('');
      expect(code).toBe(0);
      const { workflows } = JSON.parse(out) as {
        workflows: { id: string; impact?: object[]; past?: object[] }[];
      };
      const leaflet = workflows.find(({ id }) => id === 'leaflet');
      expect(leaflet?.impact).toMatchObject([
        {
          campaign: 'fresh',
          effect: 'movable',
          mapping: [{ from: null, to: 'permission', status: 'waiting' }],
        },
        { campaign: 'begun', effect: 'movable' },
        { campaign: 'late', effect: 'stuck', detail: expect.stringContaining('permission') as string },
      ]);
      expect(leaflet?.past).toMatchObject([
        { campaign: 'over', dates: [{ what: 'launch', hours: 24 }, { what: 'end' }] },
      ]);
      const without = JSON.parse((await weir(...arguments_())).out) as { workflows: object[] };
      expect(without.workflows.some((each) => 'impact' in each)).toBe(false);
    }, 20_000);

    it('says in one line that no server is there, or one that is too old', async () => {
      const gone = await weir(...arguments_(), '--server', 'http://127.0.0.1:1');
      expect(gone.code).toBe(3);
      expect(gone.err).toMatch(/^weir: the server at http:\/\/127\.0\.0\.1:1 cannot be reached: [^\n]*\n$/);
      const old = createServer((_, response) => {
        response.setHeader('content-type', 'application/json');
        response.end(
          '{"errors":[{"message":"Cannot query field \\"impactOfProposal\\" on type \\"Query\\"."}]}',
        );
      });
      await new Promise<void>((resolve) => void old.listen(0, '127.0.0.1', resolve));
      const url = `http://127.0.0.1:${(old.address() as AddressInfo).port}`;
      const answer = await weir(...arguments_(), '--server', url);
      await new Promise((resolve) => old.close(resolve));
      expect([answer.code, answer.err]).toEqual([
        3,
        `weir: the server at ${url} is too old to tell what a plan means for its campaigns\n`,
      ]);
      expect((await weir(...arguments_(), '--server', 'localhost')).code).toBe(2);
    }, 20_000);
  });
});
