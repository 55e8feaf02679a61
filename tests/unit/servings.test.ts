import { servedSince, servedUntil, type Serving } from '../../src/domain/learning/servings.js';

const day = (number: number): Date => new Date(Date.UTC(2026, 6, number));
/** Version 2 comes on the 10th, is away from the 20th to the 25th, and stays. */
const SERVINGS: readonly Serving[] = [
  { id: 'a', at: day(1), fromVersionId: null, toVersionId: 'v1' },
  { id: 'b', at: day(10), fromVersionId: 'v1', toVersionId: 'v2' },
  { id: 'c', at: day(20), fromVersionId: 'v2', toVersionId: 'v3' },
  { id: 'd', at: day(25), fromVersionId: 'v3', toVersionId: 'v2' },
];

describe('a version that came back', () => {
  it('has its campaigns of every time since an earlier moment, where two moments are compared', () => {
    expect(servedSince(SERVINGS, day(5), day(30))).toEqual({ versionId: 'v2', since: day(10), until: null });
    expect(servedSince(SERVINGS, day(22), day(30))).toEqual({ versionId: 'v2', since: day(25), until: null });
    expect(servedSince(SERVINGS, day(30), day(30))).toEqual(servedUntil(SERVINGS, day(30)));
  });
  it('is another matter while another was served, and before anything was', () => {
    expect(servedSince(SERVINGS, day(5), day(15))).toEqual({ versionId: 'v2', since: null, until: day(25) });
    expect(servedSince(SERVINGS, day(5), day(22))).toEqual({ versionId: 'v3', since: null, until: null });
    expect(servedSince(SERVINGS, day(0), day(1))).toBeNull();
  });
});
