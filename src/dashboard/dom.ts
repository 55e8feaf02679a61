type Child = Node | string | null;

/** Makes an element. Text is only ever set as text, so data cannot become markup. */
export function el(
  name: string,
  attributes: Record<string, string> = {},
  ...children: readonly Child[]
): HTMLElement {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
  element.append(...children.filter((child) => child !== null));
  return element;
}

export const link = (href: string, text: string): HTMLElement => el('a', { href }, text);

export function button(text: string, act: () => void): HTMLElement {
  const element = el('button', { type: 'button' }, text);
  element.addEventListener('click', act);
  return element;
}

export function table(headings: readonly string[], rows: readonly (readonly Child[])[]): HTMLElement {
  const head = el('tr', {}, ...headings.map((heading) => el('th', { scope: 'col' }, heading)));
  const body = rows.map((cells) => el('tr', {}, ...cells.map((cell) => el('td', {}, cell))));
  return el('div', { class: 'scroll' }, el('table', {}, el('thead', {}, head), el('tbody', {}, ...body)));
}

/** `IN_PROGRESS` → `in progress`. */
export const words = (name: string): string => name.toLowerCase().replaceAll('_', ' ');

export const day = (time: string | null): string => (time === null ? '–' : time.slice(0, 10));
export const minute = (time: string | null): string =>
  time === null ? '–' : time.slice(0, 16).replace('T', ' ');
