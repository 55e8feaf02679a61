import type { ShownReview, WorkflowFigures } from './review-figures.js';
import {
  adviceSentence,
  amountsIn,
  commitsOf,
  figuresIn,
  headlineOf,
  periodOf,
  storyOf,
  versionsOf,
} from './review-wording.js';

/** Text of somebody else within HTML. */
const text = (given: string): string => given.replaceAll(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`);

/** The review as one HTML file that needs nothing else, with charts; printed, no chart and no sentence is cut. */
export function renderReviewPage(shown: ShownReview): string {
  const { figures } = shown;
  const { changed, unchanged: same, decisions, triggers, rewrites, care, reviewed } = storyOf(shown);
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>Quarterly review ${text(figures.quarter)}</title>
<style>${STYLE}</style></head><body><main>
<h1>Quarterly review ${text(figures.quarter)}</h1>
<p class="lead">${text(periodOf(figures))}. ${text(headlineOf(figures))}</p>
${list('Decisions of earlier reviews', decisions)}
${list('What called for a review', triggers)}
${list('History that was rewritten', rewrites)}
${changed.map(workflow).join('\n')}
${same.length > 0 ? `<section><h2>Unchanged</h2>${same.map(unchanged).join('')}</section>` : ''}
${list('To look after', care)}
${list('Reviewed', reviewed)}
<section class="queries"><h2>Where the figures come from</h2><dl>${Object.entries(figures.queries)
    .map(([name, query]) => `<dt>${text(name)}</dt><dd><code>${text(query)}</code></dd>`)
    .join('')}</dl></section>
</main></body></html>
`;
}

const list = (title: string, lines: readonly string[]): string =>
  lines.length === 0 ? '' : `<section><h2>${text(title)}</h2><ul>${items(lines)}</ul></section>`;

function workflow(each: WorkflowFigures): string {
  const commits = commitsOf(each).map(
    ({ sha, text: said }) => `<li><code>${text(sha)}</code> ${text(said)}</li>`,
  );
  return `<section><h2>${text(each.name)}</h2><p>${text(versionsOf(each))}</p>
<ul class="changes">${each.changes
    .map(
      ({ summary, classification }) =>
        `<li>${text(summary)} <span class="${classification}">${classification}</span></li>`,
    )
    .join('')}</ul>
${chart(each)}
<ul>${items(figuresIn(each))}</ul>
${advice(each)}
<details open><summary>Commits</summary><ul>${commits.join('')}</ul></details></section>`;
}

const unchanged = (each: WorkflowFigures): string =>
  `<h3>${text(each.name)}</h3><ul>${items(figuresIn(each)) || '<li>Not used.</li>'}</ul>${chart(each)}${advice(each)}`;

const items = (lines: readonly string[]): string => lines.map((line) => `<li>${text(line)}</li>`).join('');

const advice = ({ advice: given }: WorkflowFigures): string =>
  given.length === 0
    ? ''
    : `<ul class="advice">${given
        .map((each) => `<li>${text(adviceSentence(each))} <code>${text(each.query)}</code></li>`)
        .join('')}</ul>`;

const [WIDTH, LABEL, ROW] = [640, 90, 26];
/** Of the figures below a chart: at its beginning, its middle and its end. */
const ANCHORS = ['start', 'middle', 'end'];

/** Lead times by version: a dot a campaign, a line at their median, and a band where the definition had led to expect them. */
function chart({ leadTimes, predictions }: WorkflowFigures): string {
  if (leadTimes.length === 0) return '';
  const hours = leadTimes.flatMap(({ campaigns }) => campaigns.map(({ leadTimeHours }) => leadTimeHours));
  const most = Math.max(1, ...hours, ...predictions.map(({ p80Hours }) => p80Hours ?? 0));
  const amount = amountsIn('hours', [most]);
  const x = (value: number) => (LABEL + (value / most) * (WIDTH - LABEL - 20)).toFixed(1);
  const rows = leadTimes.map(({ version, medianHours, campaigns }, at) => {
    const y = at * ROW + ROW / 2;
    const forecast = predictions.find((each) => each.version === version);
    const band =
      forecast?.p50Hours == null || forecast.p80Hours === null
        ? ''
        : `<rect class="band" x="${x(forecast.p50Hours)}" y="${y - 9}" width="${(Number(x(forecast.p80Hours)) - Number(x(forecast.p50Hours))).toFixed(1)}" height="18"><title>forecast, P50 to P80</title></rect>`;
    const dots = campaigns.map(
      ({ key, leadTimeHours }) =>
        `<circle cx="${x(leadTimeHours)}" cy="${y}" r="4"><title>${text(key)}: ${amount(leadTimeHours)}</title></circle>`,
    );
    const median = `<line class="median" x1="${x(medianHours)}" x2="${x(medianHours)}" y1="${y - 9}" y2="${y + 9}"/>`;
    return `<text x="0" y="${y + 4}">version ${version}</text>${band}${dots.join('')}${median}`;
  });
  const height = leadTimes.length * ROW;
  const ticks = ANCHORS.map((anchor, at) => {
    const value = (most * at) / (ANCHORS.length - 1);
    return `<text text-anchor="${anchor}" x="${x(value)}" y="${height + 14}">${value === 0 ? '0' : amount(value)}</text>`;
  });
  return `<figure><svg viewBox="0 0 ${WIDTH} ${height + 20}" role="img" aria-label="Lead times by version">${rows.join('')}${ticks.join('')}</svg>
<figcaption>Time from creation to the first launch: a dot a campaign, a line at the median, a band from P50 to P80 of the forecast.</figcaption></figure>`;
}

const STYLE = `
:root { color-scheme: light; font: 15px/1.5 system-ui, sans-serif; color: #1d2433; background: #fff; }
main { max-width: 46rem; margin: 2rem auto; padding: 0 1rem; }
h1 { font-size: 1.8rem; margin-bottom: .2rem; } h2 { font-size: 1.25rem; margin: 2rem 0 .3rem; border-bottom: 1px solid #d8dde8; }
h3 { font-size: 1rem; margin: 1rem 0 .2rem; } .lead { font-size: 1.1rem; color: #44506b; }
ul { padding-left: 1.2rem; margin: .4rem 0; } code { font-size: .85em; }
.breaking, .compatible, .none { font-size: .75rem; padding: 0 .4rem; border-radius: .6rem; background: #e6eaf2; }
.breaking { background: #f8d7d3; color: #7c1d12; }
figure { margin: .8rem 0; } figcaption { font-size: .8rem; color: #5b6781; }
svg { width: 100%; height: auto; } svg text { font-size: 12px; fill: #44506b; }
circle { fill: #2f5fd0; fill-opacity: .75; } .band { fill: #f3d9a4; } .median { stroke: #1d2433; stroke-width: 2; }
.advice { border-left: 3px solid #2f5fd0; padding: .2rem 0 .2rem 1.6rem; background: #f3f6fd; }
.queries { font-size: .85rem; color: #5b6781; } dt { font-weight: 600; } dd { margin: 0 0 .3rem; }
@media print { main { margin: 0; max-width: none; } h2, h3 { break-after: avoid; } figure, li, dd { break-inside: avoid; } @page { margin: 18mm; } }
`;
