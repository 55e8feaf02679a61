import { gql } from 'graphql-request';
import { GitProposals } from '../../src/gitops/proposals.js';
import { GitSource } from '../../src/gitops/git-source.js';
import type { Context } from '../../src/resolvers/context.js';
import { ProposalResolver } from '../../src/resolvers/proposal-resolver.js';
import { startApi, type TestApi } from '../support/api.js';
import { git } from '../support/repository.js';

const PROPOSE = gql`
  mutation ($input: ProposeWorkflowChangeInput!) {
    proposeWorkflowChange(input: $input) {
      proposal {
        branch
        commit
        base
        file
        classification
        diff {
          kind
          summary
          classification
        }
        pullRequest {
          number
          url
        }
        pullRequestProblem
        plan {
          ok
          workflows {
            key
            change
            impact {
              campaign
              effect
            }
          }
        }
      }
      problems {
        message
        severity
        line
      }
      refusals {
        code
        message
      }
    }
  }
`;
interface Answer {
  readonly proposeWorkflowChange: {
    readonly proposal: {
      readonly branch: string;
      readonly commit: string;
      readonly file: string;
      readonly plan: { readonly workflows: readonly { key: string; change: string }[] };
    } | null;
    readonly problems: readonly object[];
    readonly refusals: readonly object[];
  };
}

describe('proposing a change over the API', () => {
  let api: TestApi;
  beforeAll(async () => {
    api = await startApi();
  }, 60_000);
  afterAll(() => api.close());

  const input = {
    ...{ workflow: 'social-post', title: 'Two approvals', rationale: 'Legal was asked too late.' },
    edits: [
      {
        insert: {
          path: 'sections.post.steps',
          value: {
            id: 'legal',
            kind: 'approval',
            responsible: 'legal',
            accountable: 'legal',
            effort: 'PT4H',
          },
          before: 'brand-approval',
        },
      },
      { set: { path: 'step write-post / effort', value: 'PT6H' } },
    ],
  };

  it('gives the branch, what it changes, and what it would do', async () => {
    const client = api.as('anna@example.com', 'contributor');
    await api.as().request(gql`
      mutation {
        createCampaign(input: { key: "tweet", name: "Tweet", workflow: "social-post" }) {
          refusals {
            message
          }
        }
      }
    `);
    const { proposeWorkflowChange } = await client.request<Answer>(PROPOSE, { input });
    expect(proposeWorkflowChange).toMatchObject({
      refusals: [],
      proposal: {
        ...{ file: 'workflows/social-post.yaml', classification: 'BREAKING', pullRequest: null },
        diff: [
          { summary: "step 'write-post': effort 4 hours (3 hours to 1 day) → 6 hours" },
          { kind: 'STEP_ADDED', classification: 'BREAKING' },
        ],
        plan: { ok: true },
      },
    });
    const { proposal } = proposeWorkflowChange;
    expect(proposal?.plan.workflows.filter(({ change }) => change !== 'UNCHANGED')).toMatchObject([
      { key: 'social-post', change: 'MODIFIED', impact: [{ campaign: 'tweet', effect: 'MOVABLE' }] },
    ]);
    const lines = (await git(api.repository, 'diff', '-U0', 'main', proposal?.branch ?? '')).split('\n');
    expect(lines.filter((line) => /^[+-] /.test(line))).toEqual([
      '-        effort: { optimistic: PT3H, likely: PT4H, pessimistic: P1D }',
      '+        effort: PT6H',
      '+      - id: legal',
      '+        kind: approval',
      '+        responsible: legal',
      '+        accountable: legal',
      '+        effort: PT4H',
    ]);
    expect(await git(api.repository, 'show', '-s', '--format=%an <%ae>', proposal?.commit ?? '')).toBe(
      'anna@example.com <anna@example.com>',
    );
  });

  it('says what is wrong, and where', async () => {
    const edits = [{ set: { path: 'step brand-approval / responsible', value: 'brnd' } }];
    const { proposeWorkflowChange } = await api.as().request<Answer>(PROPOSE, { input: { ...input, edits } });
    expect(proposeWorkflowChange).toMatchObject({
      proposal: null,
      problems: [{ message: "unknown role 'brnd'", severity: 'ERROR', line: 39 }],
      refusals: [{ code: 'INVALID_PROPOSAL' }],
    });
  });

  it('cannot be planned where its commit is gone, which is no fault of ours', async () => {
    const today = () => '2026-03-02';
    const where = { location: api.repository, branch: 'main', folder: 'workflows', token: null };
    const source = new GitSource({ ...where, cacheDirectory: '' });
    const context = { proposals: new GitProposals(source, today), ports: api.ports };
    const gone = { base: await source.refresh(), commit: 'f'.repeat(40) };
    await expect(
      new ProposalResolver().plan(gone as never, context as unknown as Context),
    ).rejects.toMatchObject({ extensions: { code: 'BAD_USER_INPUT' } });
  });

  it('takes edits of one sort each', async () => {
    const edits = [{ set: { path: 'name', value: 'x' }, remove: { path: 'name' } }];
    await expect(api.as().request(PROPOSE, { input: { ...input, edits } })).rejects.toThrow(
      'an edit is exactly one of set, remove and insert',
    );
  });
});
