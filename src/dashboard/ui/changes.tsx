import type { Classification, SaidChangeFragment } from '../api/operations.ts';
import { words } from './format.ts';
import { Badge, type Tone } from './parts.tsx';

const TONES: Record<Classification, Tone> = { BREAKING: 'bad', COMPATIBLE: 'good', NONE: 'quiet' };
const GRAVEST_FIRST: readonly Classification[] = ['BREAKING', 'COMPATIBLE', 'NONE'];

/** What each class means for a campaign that already runs. */
const MEANS: Record<Classification, string> = {
  BREAKING: 'Breaking: a campaign that already runs may get stuck',
  COMPATIBLE: 'Compatible: a campaign that already runs can move over',
  NONE: 'None: a campaign that already runs does not notice',
};

export const Class = ({ of }: { of: Classification }) => (
  <span title={MEANS[of]}>
    <Badge tone={TONES[of]}>{of === 'NONE' ? 'no effect on running' : words(of)}</Badge>
  </span>
);

type Said = Pick<SaidChangeFragment, 'summary' | 'classification'>;

/** Changes of meaning as sentences, the gravest first. */
export const Changes = ({ of }: { of: readonly Said[] }) => (
  <ul className="list">
    {[...of]
      .sort(
        (one, other) =>
          GRAVEST_FIRST.indexOf(one.classification) - GRAVEST_FIRST.indexOf(other.classification),
      )
      .map(({ summary, classification }, at) => (
        <li key={at}>
          <Class of={classification} /> {summary}
        </li>
      ))}
  </ul>
);
