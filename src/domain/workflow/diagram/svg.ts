import type { Drawing } from './drawing.js';
import { detailsOf, groupTitle, signOf } from './labels.js';
import { clean } from './wrap.js';

/**
 * What Graphviz wrote, made fit to stand alone: no reference to anything outside, a title and a description for
 * those who hear it, whole names where one points, fonts that a machine without Helvetica has, and which element each
 * node is of (`data-element="step write"`), so that a page may colour it and tell which was pointed at.
 */
export function finishSvg(svg: string, drawing: Drawing): string {
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
    .replace(/ xmlns:xlink="[^"]*"/, '')
    .replace('<svg', '<svg role="img" aria-labelledby="title description"')
    .replace(/(<svg[^>]*>\n?)/, (open) => `${open}${head}`);
}

const FONTS = 'Helvetica, Arial, Liberation Sans, sans-serif';

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
