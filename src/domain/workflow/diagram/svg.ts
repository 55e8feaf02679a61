import type { Drawing } from './drawing.js';
import { detailsOf, groupTitle, signOf } from './labels.js';
import { clean } from './wrap.js';

/** What Graphviz laid out: the picture, and the same as operations of drawing (its `json` format). */
export interface LaidOut {
  readonly svg: string;
  readonly json: string;
}

/**
 * What Graphviz wrote, made fit to stand alone: no reference to anything outside, a title and a description for
 * those who hear it, whole names where one points, texts as wide as their boxes expect whatever fonts a machine has,
 * and which element each node is of (`data-element="step write"`), so that a page may colour it and tell which was
 * pointed at.
 */
export function finishSvg({ svg, json }: LaidOut, drawing: Drawing): string {
  const widths = widthsOf(json);
  const names = namesOf(drawing);
  const elements = new Map(
    drawing.nodes.flatMap(({ id, element }) => (element === null ? [] : [[id, element]])),
  );
  const head = [
    '<title id="title">',
    escape(clean(drawing.title)),
    '</title>\n<desc id="description">',
    escape(descriptionOf(drawing)),
    '</desc>\n',
  ].join('');
  return svg
    .slice(svg.indexOf('<svg'))
    .replaceAll(/<!--.*?-->\n?/gs, '')
    .replaceAll(
      /(<g id="[^"]*" class="node")(>\n<title>)([^<]*)/g,
      (_, open: string, close: string, id: string) => {
        const element = elements.get(id);
        return `${open}${element === undefined ? '' : ` data-element="${escape(element)}"`}${close}${id}`;
      },
    )
    .replaceAll(/<title>([^<]*)<\/title>\n?/g, (_, id: string) => {
      const name = names.get(id);
      return name === undefined ? '' : `<title>${escape(name)}</title>\n`;
    })
    .replaceAll(/font-family="Helvetica[^"]*"/g, `font-family="${FONTS}"`)
    .replaceAll(/<text [^>]*x="([^"]*)" y="([^"]*)"/g, (open, x: string, y: string) => {
      const width = widths.get(placeOf(Number(x), -Number(y)));
      return width === undefined ? open : `${open} textLength="${width}" lengthAdjust="spacingAndGlyphs"`;
    })
    .replace(/ xmlns:xlink="[^"]*"/, '')
    .replace('<svg', '<svg role="img" aria-labelledby="title description"')
    .replace(/(<svg[^>]*>\n?)/, (open) => `${open}${head}`);
}

const FONTS = 'Helvetica, Arial, Liberation Sans, sans-serif';

/** An operation of drawing, of which only texts (`T`) are looked at: `pt` is where, `width` how wide, in points. */
interface Operation {
  readonly op: string;
  readonly pt?: readonly [x: number, y: number];
  readonly width?: number;
}
type Operations = Readonly<Record<string, readonly Operation[] | undefined>>;

/** How wide Graphviz took each text to be, by its place: it knows Helvetica, and the reader may have a wider font. */
function widthsOf(json: string): ReadonlyMap<string, number> {
  const graph = JSON.parse(json) as Operations & { objects?: Operations[]; edges?: Operations[] };
  const drawn = [graph, ...(graph.objects ?? []), ...(graph.edges ?? [])];
  const texts = drawn.flatMap((each) => [...(each['_ldraw_'] ?? []), ...(each['_draw_'] ?? [])]);
  return new Map(
    texts.flatMap(({ pt, width }) => (pt === undefined || !width ? [] : [[placeOf(...pt), width] as const])),
  );
}

const placeOf = (x: number, y: number): string => `${x} ${y}`;

/** By the name that Graphviz knows it by. */
const namesOf = ({ nodes, groups }: Drawing): ReadonlyMap<string, string> =>
  new Map([
    ...nodes.map(
      (node) => [node.id, [node.name, ...detailsOf(node)].map(clean).filter(Boolean).join('\n')] as const,
    ),
    ...groups.map((group) => [`cluster_${group.id}`, clean(groupTitle(group))] as const),
  ]);

/** What the picture shows, in the order of reading. */
function descriptionOf({ subtitle, groups, nodes }: Drawing): string {
  const within = (id: string): string[] => [
    ...nodes
      .filter((node) => node.group === id && node.name !== '' && node.shape !== 'choice')
      .map((node) => `${signOf(node.mark)}${node.name}`),
    ...groups
      .filter(({ parent }) => parent === id)
      .map((lane) => `${groupTitle(lane)}: ${within(lane.id).join('; ')}`),
  ];
  const sections = groups
    .filter(({ parent }) => parent === null)
    .map((section) => `${groupTitle(section)}: ${within(section.id).join('; ')}.`);
  return clean([`${subtitle}.`, ...sections].join(' '));
}

const escape = (value: string): string =>
  value.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
