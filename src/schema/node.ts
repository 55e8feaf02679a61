import { Field, ID, InterfaceType } from 'type-graphql';

/** Types that `node(id)` finds again. */
export const NODE_TYPES = [
  'Workflow',
  'WorkflowVersion',
  'WorkflowChange',
  'HybridModel',
  'Campaign',
  'Retrospective',
  'SyncRun',
  'AuditRecord',
  'Alert',
  'Notification',
  'TriggerDecision',
] as const;
export type NodeType = (typeof NODE_TYPES)[number];

/** The version of the id format; ids of older versions stay accepted when it changes. */
const ID_VERSION = 1;

export const globalId = (type: NodeType, id: string): string =>
  Buffer.from(`${ID_VERSION}:${type}:${id}`).toString('base64url');

/** Null for anything that is not an id of ours. */
export function parseGlobalId(id: string): { type: NodeType; id: string } | null {
  const [version, name, rest] = Buffer.from(id, 'base64url').toString('utf8').split(':');
  const type = NODE_TYPES.find((each) => each === name);
  if (version !== String(ID_VERSION) || !type || !rest || !/^\d{1,18}$/.test(rest)) return null;
  // Base64 can be written in several ways; only the one that was given out is an id.
  return globalId(type, rest) === id ? { type, id: rest } : null;
}

export const nodeTypeName = (value: { __typename: NodeType }): string => value.__typename;

@InterfaceType('Node', {
  description: 'Anything that has an id of its own.',
  resolveType: nodeTypeName,
})
export abstract class NodeInterface {
  @Field(() => ID, { description: 'Opaque; the same for ever.' })
  id!: string;
}
