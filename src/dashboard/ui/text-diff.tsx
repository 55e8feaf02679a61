import { structuredPatch } from 'diff';
import { useMemo, useState } from 'react';
import { Empty } from './parts.tsx';
import './text-diff.css';

const CONTEXT_LINES = 3;

interface Line {
  readonly kind: 'added' | 'removed' | 'same' | 'left-out';
  readonly before?: number;
  readonly after?: number;
  readonly text: string;
}

/** The lines of the parts that differ, with a line in place of what was left out between them. */
function linesOf(before: string, after: string, context: number): Line[] {
  const { hunks } = structuredPatch('before', 'after', before, after, '', '', { context });
  return hunks.flatMap(({ lines, oldStart, newStart }, at) => {
    let [old, now] = [oldStart, newStart];
    const numbered = lines
      .filter((line) => !line.startsWith('\\'))
      .map((line): Line => {
        const text = line.slice(1);
        if (line.startsWith('+')) return { kind: 'added', after: now++, text };
        if (line.startsWith('-')) return { kind: 'removed', before: old++, text };
        return { kind: 'same', before: old++, after: now++, text };
      });
    return at === 0 && newStart <= 1
      ? numbered
      : [{ kind: 'left-out', text: '…' } satisfies Line, ...numbered];
  });
}

const SIGNS = { added: '+', removed: '−', same: '', 'left-out': '' } as const;
const SAID = { added: 'added', removed: 'removed', same: '', 'left-out': 'lines left out' } as const;

export interface TextDiffProps {
  readonly label: string;
  readonly before: string;
  readonly after: string;
}

/** Two texts, line by line. Each sign is said in words, too. */
export default function TextDiff({ label, before, after }: TextDiffProps) {
  const [isWhole, setWhole] = useState(false);
  const lines = useMemo(
    () => linesOf(before, after, isWhole ? Number.MAX_SAFE_INTEGER : CONTEXT_LINES),
    [before, after, isWhole],
  );
  if (lines.length === 0) return <Empty>The texts are the same.</Empty>;
  return (
    <>
      <form onSubmit={(event) => event.preventDefault()}>
        <label>
          <input type="checkbox" checked={isWhole} onChange={(event) => setWhole(event.target.checked)} />{' '}
          Show all lines
        </label>
      </form>
      <div className="text-diff" role="region" aria-label={label} tabIndex={0}>
        <table>
          <thead className="hidden">
            <tr>
              <th scope="col">Line before</th>
              <th scope="col">Line after</th>
              <th scope="col">What</th>
              <th scope="col">Text</th>
            </tr>
          </thead>
          <tbody>
            {lines.map((line, at) => (
              <tr key={at} className={line.kind}>
                <td>{line.before}</td>
                <td>{line.after}</td>
                <td>
                  <span aria-hidden="true">{SIGNS[line.kind]}</span>
                  <span className="hidden">{SAID[line.kind]}</span>
                </td>
                <td>{line.text}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </>
  );
}
