import type { SyncProblemFragment } from '../api/operations.ts';
import { words } from './format.ts';
import { Badge, Empty, type Tone } from './parts.tsx';

const TONES: Readonly<Record<SyncProblemFragment['severity'], Tone>> = {
  ERROR: 'bad',
  WARNING: 'warn',
  INFO: 'quiet',
};

export interface ProblemsProps {
  readonly problems: readonly SyncProblemFragment[];
  /** Where a line of a file is shown; nothing where that is not known. */
  readonly fileAddress?: ((file: string, line: number) => string) | null;
}

/** What is wrong in files, and where. */
export function Problems({ problems, fileAddress }: ProblemsProps) {
  if (problems.length === 0) return <Empty>Nothing is wrong.</Empty>;
  return (
    <ul className="list">
      {problems.map(({ severity, code, message, hint, file, line, column }, at) => {
        const place = `${file}:${line}:${column}`;
        return (
          <li key={at}>
            <Badge tone={TONES[severity]}>{words(severity)}</Badge> {message} <code>{code}</code>{' '}
            {fileAddress ? <a href={fileAddress(file, line)}>{place}</a> : <code>{place}</code>}
            {hint !== null && <span className="muted"> {hint}</span>}
          </li>
        );
      })}
    </ul>
  );
}
