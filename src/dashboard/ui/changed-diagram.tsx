import { Diagram } from './diagram.tsx';
import { Badge } from './parts.tsx';

/** A drawing of what differs, below what its colours mean. */
export const ChangedDiagram = ({ svg }: { svg: string }) => (
  <>
    <ul className="legend" aria-label="Legend">
      <li>
        <Badge tone="good">+ green: added</Badge>
      </li>
      <li>
        <Badge tone="bad">− red, dashed: removed</Badge>
      </li>
      <li>
        <Badge tone="warn">~ amber: changed</Badge>
      </li>
      <li>
        <Badge>grey: as before</Badge>
      </li>
    </ul>
    <Diagram svg={svg} />
  </>
);
