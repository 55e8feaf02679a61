const BEGIN = '<!-- The catalogue: written by `npm run generate` from src/domain/metrics/catalogue.ts. -->';
const END = '<!-- The end of the catalogue. -->';

/** docs/metrics.md with the catalogue of metrics put in its place. */
export function renderMetrics(document, metrics) {
  const [before, rest = ''] = document.split(BEGIN);
  const [, after = ''] = rest.split(END);
  const rows = Object.entries(metrics).map(([name, { unit, formula, source, needs, counts, inputs }]) => [
    `\`${name}\``,
    unit,
    formula,
    source,
    needs,
    inputs.join(', ') || 'counted',
    counts,
  ]);
  const table = [
    [
      'metric',
      'unit',
      'formula',
      'source',
      'needs; without it, it has no value and says so',
      'measured again with',
      'counts in a chart',
    ],
    Array.from({ length: 7 }, () => '---'),
    ...rows,
  ].map((cells) => `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`);
  return `${before}${BEGIN}\n\n${table.join('\n')}\n\n${END}${after}`;
}
