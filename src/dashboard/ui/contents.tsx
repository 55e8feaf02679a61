import { useEffect, useRef, useState } from 'react';

/** Of fewer sections than this one needs no list. */
const FEW = 5;

/** Pixels between the list and what is scrolled to. */
const ROOM = 8;

const headingsOf = (place: Element | null): HTMLElement[] => [
  ...(place?.parentElement?.querySelectorAll<HTMLElement>('section.card > h2') ?? []),
];

/** Where one can go to on a long page: its sections, as they stand there now. */
export function Contents() {
  const place = useRef<HTMLElement>(null);
  const [titles, setTitles] = useState<readonly string[]>([]);
  useEffect(() => {
    const page = place.current?.parentElement;
    if (!page) return;
    const read = () =>
      setTitles((before) => {
        const now = headingsOf(place.current).map(({ textContent }) => textContent);
        return now.join('\n') === before.join('\n') ? before : now;
      });
    // Some sections come later than others.
    const watching = new MutationObserver(read);
    watching.observe(page, { childList: true, subtree: true });
    read();
    return () => watching.disconnect();
  }, []);
  useEffect(() => {
    const list = place.current;
    if (!list) return;
    const { style } = document.documentElement;
    // What is scrolled to stands below the list, not behind it.
    const sizing = new ResizeObserver(() => {
      style.scrollPaddingTop = `${list.offsetHeight + ROOM}px`;
    });
    sizing.observe(list);
    return () => {
      sizing.disconnect();
      style.scrollPaddingTop = '';
    };
  }, []);
  const go = (at: number) => {
    const section = headingsOf(place.current)[at]?.parentElement;
    section?.scrollIntoView({ block: 'start' });
    section?.focus({ preventScroll: true });
  };
  return (
    <nav aria-label="On this page" className="contents" ref={place} hidden={titles.length < FEW}>
      {titles.map((title, at) => (
        <button key={at} type="button" onClick={() => go(at)}>
          {title}
        </button>
      ))}
    </nav>
  );
}
