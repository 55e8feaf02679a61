import { changedSince, type Edit } from '../../src/domain/campaign/approvals/edits.js';
import type { Brief } from '../../src/domain/campaign/state.js';

describe('what has changed since something was looked at', () => {
  const edit = (minute: number, brief: Brief): Edit => ({
    ...{ at: new Date(Date.UTC(2026, 10, 23, 9, minute)), actor: 'writer', brief, asset: null },
  });
  const scope = { brief: ['claim'], channels: [] };
  const told = (seen: string, ...edits: Edit[]) =>
    changedSince(edits, scope, ({ brief }) => (brief['claim'] ?? '') === seen);
  const change = (minute: number) =>
    `'claim' of the brief changed, by writer at 2026-11-23T09:0${minute}:00.000Z`;

  it('is what came after it was last so, with the last five in full', () => {
    const edits = [1, 2, 3, 4, 5, 6, 7, 8].map((each) => edit(each, { claim: `${each}` }));
    expect(told('7', ...edits)).toBe(change(8));
    expect(told('6', ...edits)).toBe(`${change(7)}; ${change(8)}`);
    expect(told('1', ...edits)).toBe(`2 earlier changes; ${[4, 5, 6, 7, 8].map(change).join('; ')}`);
    // It had come back to that.
    expect(
      told('1', edit(1, { claim: '1' }), edit(2, { claim: '2' }), edit(3, { claim: '1' }), edit(4, {})),
    ).toBe(change(4));
  });

  it('is nothing of what nobody looks at, and says where nothing was ever that', () => {
    const edits = [edit(1, { claim: '1' }), edit(2, { claim: '2' }), edit(3, { claim: '2', tone: 'formal' })];
    expect(told('1', ...edits)).toBe(change(2));
    expect(told('another', ...edits)).toBe(
      `the contentHash that was given belongs to no known version of it; the last change: ${change(2)}`,
    );
    expect(told('another')).toBe('the contentHash that was given belongs to no known version of it');
  });
});
