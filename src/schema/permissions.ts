import type { Permission } from '../domain/campaign/actor.js';
import type { TokenUse } from '../domain/access/api-token.js';

/** Any one of these; none where everybody who is known may ask. */
type Needed = readonly Permission[];

/** What is the same on every server, and who asks. */
const OPEN = [
  'viewer',
  'limits',
  'documentCost',
  'metrics',
  'patterns',
  'readiness',
  'recommendPattern',
  'minimalWorkflow',
];

const QUERIES: Readonly<Record<string, Needed>> = {
  ...Object.fromEntries(OPEN.map((name) => [name, []])),
  notifications: ['steward'],
  apiTokens: ['admin'],
};

const STEWARDS = [
  'cancelCampaign',
  'completeReview',
  'createCampaign',
  'endCampaign',
  'migrateCampaign',
  'pinWorkflow',
  'replayNotification',
  'setBudget',
  'syncRepository',
  'undoMigration',
];
const MUTATIONS: Readonly<Record<string, Needed>> = {
  ...Object.fromEntries(STEWARDS.map((name) => [name, ['steward']])),
  approve: ['approver'],
  reject: ['approver'],
  delegate: ['approver', 'steward'],
  endDelegation: ['approver', 'steward'],
  resumeChannel: ['approver', 'steward'],
  pullBrief: ['viewer'],
  createApiToken: ['admin'],
  revokeApiToken: ['admin'],
};

/**
 * What is needed to ask for a field of `Query`, `Mutation` or `Subscription`, at the least: some inputs need more. The use cases
 * check it; this names it for people.
 */
export function neededFor(type: string, field: string): Needed {
  if (type === 'Mutation') return MUTATIONS[field] ?? ['contributor'];
  return QUERIES[field] ?? ['viewer'];
}

/** The routes that an API token may be narrowed to. */
export const ROUTES: Readonly<Record<TokenUse, string>> = {
  graphql: '`/graphql`, over HTTP and as a web socket',
  signals: '`POST /signals`: `contributor`',
  audiences: '`PUT` and `DELETE /audiences/…`: `contributor`',
  briefs: '`GET /briefs/…`: `viewer`, and a role of the spoke',
  calendar: '`GET /calendar/…`: `viewer`; the token may stand in the address, as `?token=…`',
  reviews: '`GET /reviews/…`: `viewer`',
  metrics: '`GET /metrics`: `viewer`',
  audit: '`GET /audit.ndjson` and `GET /audit/checkpoints`: `steward`',
};
