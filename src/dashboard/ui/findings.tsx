import type { FoundProblemFragment, Severity } from '../api/operations.ts';
import { words } from './format.ts';
import { Badge, type Tone } from './parts.tsx';
import './findings.css';

const TONES: Record<Severity, Tone> = { ERROR: 'bad', WARNING: 'warn', INFO: 'quiet' };
const WORST_FIRST: readonly Severity[] = ['ERROR', 'WARNING', 'INFO'];

/** What is new before what the base has already, and the worst of each first. */
const order = ({ severity, existing }: FoundProblemFragment): number =>
  (existing === true ? WORST_FIRST.length : 0) + WORST_FIRST.indexOf(severity);

export interface FindingsProps {
  readonly of: readonly FoundProblemFragment[];
  /** Where a line of a file is shown; nothing where that is not known. */
  readonly fileAddress?: ((file: string, line: number) => string) | null;
}

/** What is wrong, where, and what helps. */
export const Findings = ({ of, fileAddress = null }: FindingsProps) => (
  <ul className="list findings">
    {[...of]
      .sort((one, other) => order(one) - order(other))
      .map(({ severity, existing, file, line, column, message, hint, code }, at) => (
        <li key={at}>
          <Badge tone={TONES[severity]}>{words(severity)}</Badge>
          {existing === true && <span className="muted"> of the base</span>} {message}
          {hint !== null && <div>{hint}</div>}
          <div className="muted">
            <Place file={file} line={line} column={column} address={fileAddress?.(file, line)} />{' '}
            <code>{code}</code>
          </div>
        </li>
      ))}
  </ul>
);

type PlaceProps = Pick<FoundProblemFragment, 'file' | 'line' | 'column'> & { address: string | undefined };

function Place({ file, line, column, address }: PlaceProps) {
  const place = (
    <code>
      {file}:{line}:{column}
    </code>
  );
  return address === undefined ? place : <a href={address}>{place}</a>;
}
