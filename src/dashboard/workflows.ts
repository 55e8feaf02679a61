import { ask } from './api.js';
import { WORKFLOW, WORKFLOWS } from './documents.js';
import { day, el, link, table, words } from './dom.js';

interface Row {
  key: string;
  name: string;
  model: string;
  pattern: string;
  status: string;
  steward: string;
  currentVersion: { number: number };
  campaigns: { totalCount: number };
}

/** Every workflow, retired ones too. */
export async function workflows(page: HTMLElement): Promise<void> {
  const { workflows: list } = await ask<{ workflows: { nodes: Row[] } }>(WORKFLOWS);
  const rows = list.nodes.map((row) => [
    link(`#/workflows/${encodeURIComponent(row.key)}`, row.name),
    words(row.model),
    words(row.pattern),
    words(row.status),
    row.steward,
    String(row.currentVersion.number),
    String(row.campaigns.totalCount),
  ]);
  page.replaceChildren(
    el('h1', {}, 'Workflows'),
    table(['Workflow', 'Model', 'Pattern', 'Status', 'Steward', 'Version', 'Campaigns'], rows),
  );
}

interface Change {
  kind: string;
  summary: string;
  classification: string;
  authoredAt: string;
  author: { name: string };
  commit: { sha: string };
}
interface Workflow extends Row {
  diagram: string;
  problems: { file: string; line: number; message: string }[];
}

/** One workflow: its swimlanes and what every commit did to it. */
export async function workflow(page: HTMLElement, key: string): Promise<void> {
  const { workflow: found, workflowHistory } = await ask<{
    workflow: Workflow | null;
    workflowHistory: { nodes: Change[] };
  }>(WORKFLOW, { key });
  if (!found) {
    page.replaceChildren(el('h1', {}, 'No such workflow'), link('#/workflows', 'All workflows'));
    return;
  }
  // As an image the drawing can run no script, whatever a definition's names contain.
  const source = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(found.diagram)}`;
  page.replaceChildren(
    el('h1', {}, found.name),
    el(
      'p',
      { class: 'muted' },
      `${words(found.model)} · ${words(found.pattern)} · ${words(found.status)} · version ${found.currentVersion.number} · steward ${found.steward} · ${found.campaigns.totalCount} campaigns`,
    ),
    ...found.problems.map((problem) =>
      el('div', { class: 'refusal' }, `${problem.file}:${problem.line} ${problem.message}`),
    ),
    el(
      'div',
      { class: 'scroll' },
      el('img', { class: 'diagram', src: source, alt: `Swimlanes of ${found.name}` }),
    ),
    el('h2', {}, 'History'),
    table(
      ['Date', 'What', 'Change', 'For running campaigns', 'Author', 'Commit'],
      workflowHistory.nodes.map((change) => [
        day(change.authoredAt),
        words(change.kind),
        change.summary,
        words(change.classification),
        change.author.name,
        change.commit.sha.slice(0, 7),
      ]),
    ),
  );
}
