import 'reflect-metadata';
import { globalId, NODE_TYPES, parseGlobalId } from '../../src/schema/node.js';

/** Ids as they were given out; clients keep them, so this table only ever grows. */
const GIVEN_OUT = {
  MTpXb3JrZmxvdzox: { type: 'Workflow', id: '1' },
  MTpXb3JrZmxvd1ZlcnNpb246NDI: { type: 'WorkflowVersion', id: '42' },
  MTpXb3JrZmxvd0NoYW5nZTo3: { type: 'WorkflowChange', id: '7' },
  MTpIeWJyaWRNb2RlbDoz: { type: 'HybridModel', id: '3' },
  MTpDYW1wYWlnbjoxMjM0NTY3ODkwMTIzNDU2Nzg: { type: 'Campaign', id: '123456789012345678' },
  MTpSZXRyb3NwZWN0aXZlOjk: { type: 'Retrospective', id: '9' },
  MTpTeW5jUnVuOjI: { type: 'SyncRun', id: '2' },
  MTpBdWRpdFJlY29yZDo4OA: { type: 'AuditRecord', id: '88' },
  MTpBbGVydDo1: { type: 'Alert', id: '5' },
  MTpOb3RpZmljYXRpb246MTI: { type: 'Notification', id: '12' },
  MTpUcmlnZ2VyRGVjaXNpb246Nw: { type: 'TriggerDecision', id: '7' },
} as const;

describe('global ids', () => {
  it.each(Object.entries(GIVEN_OUT))('%s is accepted for ever', (id, expected) => {
    expect(parseGlobalId(id)).toEqual(expected);
    expect(globalId(expected.type, expected.id)).toBe(id);
  });

  it('are known for every type', () => {
    expect(Object.values(GIVEN_OUT).map(({ type }) => type)).toEqual([...NODE_TYPES]);
  });

  it.each(['', 'x', 'MTpXb3JrZmxvdzo', 'MTpXb3JrZmxvdzotMQ', 'MTpXb3JrZmxvdzox\u0000', 'MzpXb3JrZmxvdzox'])(
    '%j is none',
    (id) => {
      expect(parseGlobalId(id)).toBeNull();
    },
  );
});
