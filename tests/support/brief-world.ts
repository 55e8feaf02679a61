import { readFile } from 'node:fs/promises';
import { LOCAL_ACTOR } from '../../src/domain/campaign/actor.js';
import { startApi, type TestApi } from './api.js';
import { commitFiles } from './repository.js';

/** A launch on two channels with dates, an order and a content calendar. */
export const CONTENT_LAUNCH = `apiVersion: weir/v1
kind: Workflow
id: content-launch
name: Content launch
steward: marketing-ops-manager
status: active
campaignTypes: [content]
pattern: sequential
channels: [social, email]
sections:
  - id: plan
    model: linear
    checkpoints: [{ id: fortnight, offset: -P14D }, { id: week, offset: -P7D }, { id: eve, offset: -P1D }]
    steps:
      - { id: brief, kind: brief, responsible: campaign-manager, accountable: campaign-manager, produces: [brief] }
  - id: creative
    model: hub-and-spoke
    hub:
      steps: [{ id: framework, responsible: campaign-manager, accountable: campaign-manager, produces: [frame] }]
      owns: [valueProposition, offerCode, segments, launchDate]
    spokes:
      email: { steps: [{ id: copy-email, responsible: email-lead, accountable: creative-lead, produces: [email-copy] }] }
      social: { steps: [{ id: copy-social, responsible: social-lead, accountable: creative-lead, produces: [social-copy] }] }
    gates: [{ id: together, at: endpoint, merge: all, checks: [{ metric: brief-drift, atMost: 0 }], onFail: block }]
  - id: go-live
    model: parallel
    lanes:
      email: { steps: [{ id: email-send, kind: launch, channel: email, responsible: email-lead, accountable: campaign-manager }] }
      social: { steps: [{ id: social-post, kind: launch, channel: social, responsible: social-lead, accountable: campaign-manager }] }
    gates: [{ id: all-live, at: endpoint, merge: all, checks: [], onFail: alert }]
  - id: learn
    model: linear
    steps: [{ id: retrospective, kind: retrospective, responsible: campaign-manager, accountable: marketing-ops-manager }]
handoffs:
  - { from: plan, to: creative, payload: [brief], verify: [payload-complete], mode: async, respondWithin: PT8H }
sequence:
  - { step: email-send, after: social-post, minGap: P1D, maxGap: P3D }
calendar:
  theme: spring
  minLinks: 1
  items:
    - { id: teaser, channel: social, offset: -P1D, links: [story] }
    - { id: story, channel: email, offset: P0D, links: [teaser] }
`;

const OFFERS = [
  '- { id: SPRING25 }',
  '- { id: ADVENT15, percent: 15, validFrom: 2026-11-01, validTo: 2026-12-31 }',
  '- { id: SPRING20, percent: 20 }',
];

/** The service with offers of the season, and with that workflow. */
export async function startBriefWorld(): Promise<TestApi> {
  const api = await startApi();
  const taxonomy = await readFile('workflows/taxonomy.yaml', 'utf8');
  await commitFiles(
    api.repository,
    {
      'workflows/content-launch.yaml': CONTENT_LAUNCH,
      'workflows/taxonomy.yaml': taxonomy.replace('offers:\n', `offers:\n  ${OFFERS.join('\n  ')}\n`),
    },
    { message: 'Offers of the season', date: '2026-11-22T09:00:00Z' },
  );
  await api.sync.run('cli', LOCAL_ACTOR);
  return api;
}

export interface Refused {
  readonly code: string;
  readonly message: string;
  readonly missing: readonly string[];
  readonly askRole: readonly string[];
}

/** Mutations, and questions about a campaign. */
export const talker = (api: TestApi) => ({
  act: async (name: string, input: object, actor?: string, roles?: string): Promise<Refused[]> => {
    const type = name.endsWith('Step')
      ? 'StepInput!'
      : `${name.charAt(0).toUpperCase()}${name.slice(1)}Input!`;
    const answer = await api
      .as(actor, roles)
      .request<Record<string, { refusals: Refused[] }>>(
        `mutation($input: ${type}) { ${name}(input: $input) { refusals { code message missing askRole } } }`,
        { input },
      );
    return answer[name]?.refusals ?? [];
  },
  ask: async <T>(campaign: string, fields: string): Promise<T> => {
    const answer = await api.as().request<{ campaign: T }>(`{ campaign(key: "${campaign}") { ${fields} } }`);
    return answer.campaign;
  },
});
