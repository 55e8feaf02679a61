import type { Classification, SaidChangeFragment } from '../api/operations.ts';
import { words } from './format.ts';
import { Badge, type Tone } from './parts.tsx';

const TONES: Record<Classification, Tone> = { BREAKING: 'bad', COMPATIBLE: 'good', NONE: 'quiet' };
const GRAVEST_FIRST: readonly Classification[] = ['BREAKING', 'COMPATIBLE', 'NONE'];

/** What a change means for a campaign that already runs. */
export const Class = ({ of }: { of: Classification }) => (
  <Badge tone={TONES[of]}>{of === 'NONE' ? 'no effect' : words(of)}</Badge>
);

export const ClassNote = () => (
  <p className="muted">
    For campaigns that already run. Breaking: they may get stuck. Compatible: they can move over. No effect:
    they do not notice.
  </p>
);

type Said = Pick<SaidChangeFragment, 'summary' | 'classification'>;

/** As many are read at a glance. */
const SHOWN = 6;

/** Changes of meaning as sentences, the gravest first. @param isFolded whether many are shown only when asked for */
export function Changes({ of, isFolded = false }: { of: readonly Said[]; isFolded?: boolean }) {
  const sorted = [...of].sort(
    (one, other) => GRAVEST_FIRST.indexOf(one.classification) - GRAVEST_FIRST.indexOf(other.classification),
  );
  const shown = isFolded && sorted.length > SHOWN + 1 ? sorted.slice(0, SHOWN) : sorted;
  return (
    <>
      <Sentences of={shown} />
      {shown.length < sorted.length && (
        <details>
          <summary>{sorted.length - shown.length} more</summary>
          <Sentences of={sorted.slice(shown.length)} />
        </details>
      )}
    </>
  );
}

const Sentences = ({ of }: { of: readonly Said[] }) => (
  <ul className="list">
    {of.map(({ summary, classification }, at) => (
      <li key={at}>
        <Class of={classification} /> {summary}
      </li>
    ))}
  </ul>
);
