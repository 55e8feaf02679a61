import { ask } from './api.js';
import { PORTFOLIO } from './documents.js';
import { button, day, el, link, table, words } from './dom.js';

interface Row {
  key: string;
  name: string;
  status: string;
  risk: string;
  plannedLaunchAt: string | null;
  launchedAt: string | null;
  workflowVersion: { number: number; workflow: { key: string; name: string } };
  steps: { name: string; status: string }[];
  gates: { key: string; status: string; onFail: string }[];
}
interface Answer {
  campaigns: {
    totalCount: number;
    nodes: Row[];
    pageInfo: { hasNextPage: boolean; endCursor: string | null };
  };
}

const PAGE = 25;

/** All campaigns, newest first, with what comes next in each. */
export async function portfolio(page: HTMLElement): Promise<void> {
  const status = el(
    'select',
    { id: 'status' },
    ...['', 'RUNNING', 'ENDED', 'CANCELLED'].map((value) =>
      el('option', { value }, value === '' ? 'all' : words(value)),
    ),
  ) as HTMLSelectElement;
  const search = el('input', {
    id: 'search',
    type: 'search',
    placeholder: 'name or key',
  }) as HTMLInputElement;
  const results = el('div');
  const form = el(
    'form',
    {},
    el('label', {}, 'Status ', status),
    el('label', {}, 'Search ', search),
    el('button', {}, 'Show'),
  );
  const show = () => void showPage(results, status.value, search.value, null);
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    show();
  });
  status.addEventListener('change', show);
  page.replaceChildren(el('h1', {}, 'Campaigns'), form, results);
  await showPage(results, '', '', null);
}

async function showPage(
  results: HTMLElement,
  status: string,
  search: string,
  after: string | null,
): Promise<void> {
  const filter = { ...(status === '' ? {} : { status }), ...(search === '' ? {} : { search }) };
  const { campaigns } = await ask<Answer>(PORTFOLIO, { first: PAGE, after, filter });
  const rows = campaigns.nodes.map((row) => [
    el(
      'div',
      {},
      link(`#/campaigns/${encodeURIComponent(row.key)}`, row.name),
      el('div', { class: 'muted' }, row.key),
    ),
    el(
      'div',
      {},
      link(
        `#/workflows/${encodeURIComponent(row.workflowVersion.workflow.key)}`,
        row.workflowVersion.workflow.name,
      ),
      ` v${row.workflowVersion.number}`,
    ),
    words(row.status),
    words(row.risk),
    day(row.plannedLaunchAt),
    day(row.launchedAt),
    progressOf(row),
    nextOf(row),
  ]);
  const part = table(
    ['Campaign', 'Workflow', 'Status', 'Risk', 'Planned launch', 'Launched', 'Steps', 'Next'],
    rows,
  );
  const more = button('More', () => {
    more.remove();
    void showPage(results, status, search, campaigns.pageInfo.endCursor);
  });
  if (after === null)
    results.replaceChildren(el('p', { class: 'muted' }, `${campaigns.totalCount} campaigns`));
  results.append(part);
  if (campaigns.pageInfo.hasNextPage) results.append(more);
}

function progressOf({ name, steps }: Row): HTMLElement {
  const needed = steps.filter((step) => !step.status.startsWith('NOT_'));
  const done = needed.filter((step) => step.status === 'DONE' || step.status === 'SKIPPED').length;
  const label = `${done} of ${needed.length}`;
  return el(
    'div',
    {},
    el('progress', {
      max: String(needed.length),
      value: String(done),
      'aria-label': `${name}: ${label} steps`,
    }),
    el('div', { class: 'muted' }, label),
  );
}

function nextOf({ status, steps, gates }: Row): string {
  if (status !== 'RUNNING') return '–';
  const open = steps.filter((step) => ['READY', 'STARTED', 'REJECTED', 'ESCALATED'].includes(step.status));
  const waiting = gates.filter(
    (gate) => gate.status === 'OPEN' || (gate.status === 'FAILED' && gate.onFail === 'BLOCK'),
  );
  return (
    [
      ...open.map((step) => `${step.name} (${words(step.status)})`),
      ...waiting.map((gate) => `gate ${gate.key}`),
    ].join(', ') || 'end the campaign'
  );
}
