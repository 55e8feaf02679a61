import { useEffect, useRef } from 'react';

export interface DiagramProps {
  /** As the API draws it. */
  readonly svg: string;
  /** By element, such as `step write`: what it is coloured as, `done` for example. */
  readonly states?: ReadonlyMap<string, string>;
  /** Called with the element that was pointed at. */
  readonly onChoose?: (element: string) => void;
}

/** A drawing of the API put into the page, so that its parts can be coloured by what became of them. Scripts in it would not run: the policy of the page allows files only. */
export function Diagram({ svg, states, onChoose }: DiagramProps) {
  const place = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const drawn = new DOMParser().parseFromString(svg, 'image/svg+xml').documentElement;
    const frame = place.current;
    if (!frame) return;
    frame.replaceChildren(document.importNode(drawn, true));
    // Where it is wider than the screen, its corner is empty: one begins at its middle.
    frame.scrollLeft = (frame.scrollWidth - frame.clientWidth) / 2;
  }, [svg]);
  useEffect(() => {
    for (const node of place.current?.querySelectorAll('[data-element]') ?? []) {
      const state = states?.get(node.getAttribute('data-element') ?? '');
      if (state === undefined) node.removeAttribute('data-state');
      else node.setAttribute('data-state', state);
    }
  }, [svg, states]);
  const choose = (event: React.MouseEvent) => {
    const node = (event.target as Element).closest('[data-element]');
    if (node) onChoose?.(node.getAttribute('data-element') ?? '');
  };
  return (
    <div className="diagram" ref={place} onClick={choose} tabIndex={0} role="group" aria-label="Diagram" />
  );
}
