import type { FoundProblemFragment, Severity } from '../api/operations.ts';
import { words } from './format.ts';
import { Badge, type Tone } from './parts.tsx';
import { type Column, Table } from './table.tsx';

const TONES: Record<Severity, Tone> = { ERROR: 'bad', WARNING: 'warn', INFO: 'quiet' };
const WORST_FIRST: readonly Severity[] = ['ERROR', 'WARNING', 'INFO'];

const COLUMNS: readonly Column<FoundProblemFragment>[] = [
  {
    title: 'Severity',
    cell: ({ severity, existing }) => (
      <>
        <Badge tone={TONES[severity]}>{words(severity)}</Badge>
        {existing === true && <span className="muted"> of the base</span>}
      </>
    ),
  },
  {
    title: 'Where',
    cell: ({ file, line, column }) => (
      <code>
        {file}:{line}:{column}
      </code>
    ),
  },
  {
    title: 'What',
    cell: ({ message, hint }) => (
      <>
        {message}
        {hint !== null && <div className="muted">{hint}</div>}
      </>
    ),
  },
  { title: 'Code', cell: ({ code }) => <code>{code}</code> },
];

/** What is new before what the base has already, and the worst of each first. */
const order = ({ severity, existing }: FoundProblemFragment): number =>
  (existing === true ? WORST_FIRST.length : 0) + WORST_FIRST.indexOf(severity);

export const Findings = ({ of }: { of: readonly FoundProblemFragment[] }) => (
  <Table
    label="Findings"
    columns={COLUMNS}
    rows={[...of].sort((one, other) => order(one) - order(other))}
    keyOf={({ file, line, column, code, message }) => `${file}:${line}:${column} ${code} ${message}`}
  />
);
