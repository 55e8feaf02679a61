import { mergeFiles } from '../../src/gitops/merge-files.js';

const file = (path: string, ...lines: readonly string[]) => ({ path, text: lines.join('\n') });
const OLD = file('a.yaml', 'one', 'two', 'three', 'four', 'five');

describe('merging the files of two branches', () => {
  it('takes over what each of them changed in the same file', () => {
    const ours = file('a.yaml', 'ONE', 'two', 'three', 'four', 'five');
    const theirs = file('a.yaml', 'one', 'two', 'three', 'four', 'FIVE');
    expect(mergeFiles([OLD], [ours], [theirs])).toMatchObject({
      files: [file('a.yaml', 'ONE', 'two', 'three', 'four', 'FIVE')],
      conflicts: [],
    });
  });

  it('finds the line that both changed', () => {
    const ours = file('a.yaml', 'one', 'two', 'OURS', 'four', 'five');
    const theirs = file('a.yaml', 'one', 'two', 'THEIRS', 'four', 'five');
    const { files, conflicts } = mergeFiles([OLD], [ours], [theirs]);
    expect(conflicts).toMatchObject([{ code: 'E_MERGE_CONFLICT', file: 'a.yaml', line: 3 }]);
    expect(files).toEqual([theirs]);
  });

  it('takes the end of the last line for a part of it, as git does', () => {
    const at = (text: string) => [{ path: 'a.yaml', text }];
    expect(mergeFiles(at('one\ntwo'), at('one\ntwo\n'), at('one\nTWO')).conflicts).toHaveLength(1);
    expect(mergeFiles(at('one\ntwo'), at('one\ntwo\n'), at('ONE\ntwo')).conflicts).toHaveLength(1);
  });

  it.each(['base', 'head'])('changes a file where the %s has moved it to', (side) => {
    const changed = file('a.yaml', 'one', 'two', 'three', 'four', 'FIVE');
    const moved = { ...OLD, path: 'b/a.yaml' };
    const [base, head] = side === 'base' ? [moved, changed] : [changed, moved];
    expect(mergeFiles([OLD], [base], [head])).toMatchObject({
      files: [{ ...changed, path: 'b/a.yaml' }],
      conflicts: [],
      cameFrom: new Map(side === 'head' ? [['b/a.yaml', 'a.yaml']] : []),
    });
  });

  it('asks where one side removed what the other changed, and keeps what one side added or removed', () => {
    const changed = file('a.yaml', 'one', 'two', 'three', 'four', 'FIVE');
    expect(mergeFiles([OLD], [changed], []).conflicts).toHaveLength(1);
    expect(mergeFiles([OLD], [OLD], [])).toMatchObject({ files: [], conflicts: [] });
    const added = file('n.yaml', 'new');
    expect(mergeFiles([OLD], [OLD, added], [OLD])).toMatchObject({ files: [OLD, added], conflicts: [] });
  });
});
