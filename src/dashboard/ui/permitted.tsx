import { createContext, type ReactNode, useCallback, useContext, useEffect, useId, useState } from 'react';
import { NEEDED } from '../api/needed.ts';
import { ViewerDocument } from '../api/operations.ts';
import { type Act, useData } from '../api/use-data.ts';

/** A button that cannot be pressed, and the permission that is missing. */
interface Lacking {
  readonly name: string;
  readonly needed: string;
}

interface Told {
  readonly idOf: (needed: string) => string;
  /** @returns takes it back */
  readonly tell: (lacking: Lacking) => () => void;
}

const Group = createContext<Told | null>(null);

/** Says, once for all buttons within it, which of them need a permission that whoever looks at the page lacks. */
export function Permissions({ children }: { children: ReactNode }) {
  const id = useId();
  const [lacking, setLacking] = useState<readonly Lacking[]>([]);
  const idOf = useCallback((needed: string) => `${id}-${needed.replaceAll(' ', '-')}`, [id]);
  const tell = useCallback((one: Lacking) => {
    setLacking((before) => [...before, one]);
    return () => setLacking((before) => before.filter((each) => each !== one));
  }, []);
  const needs = [...new Set(lacking.map(({ needed }) => needed))].sort();
  return (
    <Group value={{ idOf, tell }}>
      {needs.length > 0 && (
        <p className="muted">
          {needs.map((needed) => {
            const names = [
              ...new Set(lacking.filter((each) => each.needed === needed).map(({ name }) => name)),
            ];
            return (
              <span key={needed} id={idOf(needed)}>
                {names.sort().join(', ')}: this needs the permission {needed}.{' '}
              </span>
            );
          })}
        </p>
      )}
      {children}
    </Group>
  );
}

interface ButtonProps {
  /** The mutation that it asks for. */
  readonly asked: keyof typeof NEEDED;
  readonly acting: Act;
  readonly name: string;
  /** What it is called where its name alone does not tell it from others. */
  readonly label?: string;
  /** What stands on it, if not its name. */
  readonly children?: ReactNode;
  readonly onClick: () => void;
}

/** A button for what not everybody may: it is shown, cannot be pressed, and the group that it is in says why. */
export function PermittedButton({ asked, acting, name, label, children = name, onClick }: ButtonProps) {
  const { data } = useData(ViewerDocument, {});
  const group = useContext(Group);
  const may = NEEDED[asked].some((each) => data?.viewer.permissions.includes(each) ?? false);
  const needed = data === undefined || may ? null : NEEDED[asked].join(' or ').toLowerCase();
  const tell = group?.tell;
  useEffect(() => (needed === null ? undefined : tell?.({ name, needed })), [tell, name, needed]);
  return (
    <button
      type="button"
      disabled={!may || acting.isPending}
      aria-label={label}
      aria-describedby={needed === null ? undefined : group?.idOf(needed)}
      onClick={onClick}
    >
      {children}
    </button>
  );
}
