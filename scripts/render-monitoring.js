const BEGIN = '<!-- The metrics: written by `npm run generate` from src/observability/metrics.ts. -->';
const END = '<!-- The end of the metrics. -->';

/** docs/monitoring.md with the table of what `/metrics` shows put in its place. */
export function renderMonitoring(document, metrics) {
  const [before, rest = ''] = document.split(BEGIN);
  const [, after = ''] = rest.split(END);
  const rows = metrics
    .filter(({ name }) => name.startsWith('weir_'))
    .map(({ name, type, labels, help }) => [
      `\`${name}\``,
      type,
      labels.map((label) => `\`${label}\``).join(', ') || '–',
      help,
    ]);
  const table = [
    ['metric', 'type', 'labels', 'meaning'],
    Array.from({ length: 4 }, () => '---'),
    ...rows,
  ].map((cells) => `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`);
  const others = metrics.filter(({ name }) => !name.startsWith('weir_')).map(({ name }) => `\`${name}\``);
  return [
    `${before}${BEGIN}`,
    table.join('\n'),
    `Of the process and of Node, as \`prom-client\` has them: ${others.join(', ')}.`,
    `${END}${after}`,
  ].join('\n\n');
}
