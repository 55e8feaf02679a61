import { ask, type Refusal } from './api.js';
import {
  ACCEPT_HANDOFF,
  APPROVE,
  COMPLETE_STEP,
  END_CAMPAIGN,
  EVALUATE_GATE,
  LAUNCH_CHANNEL,
  REJECT,
  START_STEP,
  CAMPAIGN,
} from './documents.js';
import { button, day, el, link, minute, table, words } from './dom.js';

interface Step {
  key: string;
  name: string;
  kind: string;
  section: string;
  lane: string | null;
  channel: string | null;
  status: string;
  round: number;
  missing: string[];
  responsible: string[];
}
interface Quantity {
  number: number | null;
  duration: string | null;
}
interface Gate {
  key: string;
  at: string;
  status: string;
  missing: string[];
  approvers: string[];
  results: {
    metric: string;
    bound: string;
    limit: Quantity;
    value: Quantity | null;
    passed: boolean;
    isStated: boolean;
  }[];
}
interface Metric {
  title: string;
  unit: string;
  value: number | null;
  notes: string[];
  evidence: { message: string }[];
}
interface Handoff {
  key: string;
  from: string;
  to: string;
  status: string;
  missing: string[];
}
interface Campaign {
  key: string;
  name: string;
  status: string;
  risk: string;
  createdAt: string;
  plannedLaunchAt: string | null;
  brief: { name: string; text: string }[];
  workflowVersion: { number: number; workflow: { key: string; name: string } };
  channels: { channel: string; status: string; plannedAt: string | null; launchedAt: string | null }[];
  steps: Step[];
  gates: Gate[];
  handoffs: Handoff[];
  metrics: Metric[];
  convergence: {
    isConverged: boolean;
    dimensions: { dimension: string; agrees: boolean; since: string | null }[];
  };
  approvals: {
    step: string;
    decision: string;
    role: string;
    actor: string;
    comment: string | null;
    decidedAt: string;
  }[];
}

/** Carries out a mutation; its refusals are shown, whatever was done is shown by asking again. */
type Act = (document: string, input: Record<string, unknown>) => void;

/** One campaign: its lanes with every step, gate and hand-off, and what can be done now. */
export async function campaign(
  page: HTMLElement,
  key: string,
  refusals: readonly Refusal[] = [],
): Promise<void> {
  const { campaign: found } = await ask<{ campaign: Campaign | null }>(CAMPAIGN, { key });
  if (!found) {
    page.replaceChildren(
      el('h1', {}, 'No such campaign'),
      el('p', {}, `There is no campaign '${key}'. `, link('#/', 'All campaigns')),
    );
    return;
  }
  const act: Act = (document, input) => {
    void ask<{ payload: { refusals: Refusal[] } }>(document, { input: { campaign: key, ...input } })
      .then(({ payload }) => campaign(page, key, payload.refusals))
      .catch((error: unknown) =>
        campaign(page, key, [{ code: 'FAULT', message: String(error), missing: [], askRole: [] }]),
      );
  };
  const { workflow, number } = found.workflowVersion;
  page.replaceChildren(
    el('h1', {}, found.name),
    el(
      'p',
      { class: 'muted' },
      `${words(found.status)} · ${words(found.risk)} risk · created ${day(found.createdAt)} · planned launch ${day(found.plannedLaunchAt)} · `,
      link(`#/workflows/${encodeURIComponent(workflow.key)}`, workflow.name),
      ` v${number}`,
    ),
    ...refusals.map(showRefusal),
    el('h2', {}, 'Lanes'),
    ...lanesOf(found).map(([name, steps]) =>
      el(
        'section',
        { class: 'lane' },
        el('h3', {}, name),
        el('ul', { class: 'steps' }, ...steps.map((step) => showStep(step, act))),
      ),
    ),
    el('h2', {}, 'Gates and hand-offs'),
    el(
      'ul',
      { class: 'steps' },
      ...found.handoffs.map((handoff) => showHandoff(handoff, act)),
      ...found.gates.map((gate) => showGate(gate, act)),
    ),
    el('h2', {}, 'Agreement'),
    el(
      'p',
      {},
      found.convergence.dimensions
        .map(({ dimension, agrees }) => `${agrees ? '✓' : '✗'} ${words(dimension)}`)
        .join(' · '),
    ),
    table(['Metric', 'Value', 'Why'], found.metrics.map(showMetric)),
    el('h2', {}, 'Channels'),
    table(
      ['Channel', 'Status', 'Planned', 'Live since'],
      found.channels.map((each) => [
        each.channel,
        words(each.status),
        minute(each.plannedAt),
        minute(each.launchedAt),
      ]),
    ),
    el('h2', {}, 'Brief'),
    found.brief.length === 0
      ? el('p', { class: 'muted' }, 'empty')
      : table(
          ['Field', 'Value'],
          found.brief.map(({ name, text }) => [name, text]),
        ),
    el('h2', {}, 'Approvals'),
    found.approvals.length === 0
      ? el('p', { class: 'muted' }, 'none yet')
      : table(
          ['Step', 'Decision', 'Role', 'By', 'When', 'Comment'],
          found.approvals.map((each) => [
            each.step,
            words(each.decision),
            each.role,
            each.actor,
            minute(each.decidedAt),
            each.comment ?? '',
          ]),
        ),
    el('p', {}, found.status === 'RUNNING' ? button('End campaign', () => act(END_CAMPAIGN, {})) : null),
  );
}

function showRefusal({ message, missing, askRole }: Refusal): HTMLElement {
  const list = (label: string, entries: readonly string[]) =>
    entries.length === 0 ? null : el('div', { class: 'muted' }, `${label}: ${entries.join(', ')}`);
  return el(
    'div',
    { class: 'refusal', role: 'alert' },
    el('strong', {}, message),
    list('missing', missing),
    list('ask', askRole),
  );
}

function lanesOf({ steps }: Campaign): [string, Step[]][] {
  const lanes = new Map<string, Step[]>();
  for (const step of steps) {
    const name = step.lane === null ? step.section : `${step.section}: ${step.lane}`;
    lanes.set(name, [...(lanes.get(name) ?? []), step]);
  }
  return [...lanes];
}

function showStep(step: Step, act: Act): HTMLElement {
  const input = { step: step.key };
  const open = step.status === 'READY' || step.status === 'STARTED' || step.status === 'ESCALATED';
  const judged = step.kind === 'APPROVAL' || step.kind === 'REVIEW';
  const buttons: HTMLElement[] = [];
  if (open && step.status === 'READY' && step.kind !== 'LAUNCH')
    buttons.push(button('Start', () => act(START_STEP, input)));
  if (step.status === 'STARTED' && !judged) buttons.push(button('Complete', () => act(COMPLETE_STEP, input)));
  if (open && judged)
    buttons.push(
      button('Approve', () => act(APPROVE, input)),
      button('Reject', () => reject(step, act)),
    );
  if (open && step.kind === 'LAUNCH')
    buttons.push(button('Launch', () => act(LAUNCH_CHANNEL, { channel: step.channel })));
  const round = step.round > 0 ? `, returned ${step.round}×` : '';
  return box(
    '',
    step.status,
    step.name,
    `${words(step.status)}${round} · ${step.responsible.join(', ')}`,
    step.missing,
    buttons,
  );
}

function reject(step: Step, act: Act): void {
  const comment = prompt(`What has to be mended in '${step.name}'?`);
  if (comment) act(REJECT, { step: step.key, comment });
}

const measurement = (metric: string, value: string) =>
  Number.isNaN(Number(value)) ? { metric, duration: value } : { metric, number: Number(value) };

const quantity = ({ number, duration }: Quantity): string => duration ?? String(number);

function showGate(gate: Gate, act: Act): HTMLElement {
  const checks = gate.results.map((each) =>
    el(
      'p',
      { class: 'muted' },
      `${each.passed ? '✓' : '✗'} ${each.metric}: ${each.value === null ? 'no data' : quantity(each.value)}${each.isStated ? ' as stated' : ''} (${words(each.bound)} ${quantity(each.limit)})`,
    ),
  );
  const evaluate = () => {
    const given = prompt('Values of what cannot be measured, for example: message-consistency 0.95', '');
    if (given === null) return;
    const measurements = given
      .split(',')
      .map((each) => each.trim().split(/\s+/))
      .flatMap(([metric, value]) => (metric && value ? [measurement(metric, value)] : []));
    act(EVALUATE_GATE, { gate: gate.key, measurements });
  };
  const buttons = gate.status === 'OPEN' || gate.status === 'FAILED' ? [button('Evaluate', evaluate)] : [];
  return box(
    'gate',
    gate.status,
    gate.key,
    `${words(gate.at)} gate · ${words(gate.status)} · ${gate.approvers.join(', ')}`,
    gate.missing,
    [...checks, ...buttons],
  );
}

function showMetric({ title, unit, value, notes, evidence }: Metric): string[] {
  const rounded = value === null ? '—' : `${Math.round(value * 100) / 100}${unit === 'HOURS' ? ' h' : ''}`;
  return [title, rounded, [...evidence.map(({ message }) => message), ...notes].join('; ')];
}

function showHandoff(handoff: Handoff, act: Act): HTMLElement {
  const buttons =
    handoff.status === 'OPEN' ? [button('Accept', () => act(ACCEPT_HANDOFF, { handoff: handoff.key }))] : [];
  return box(
    'handoff',
    handoff.status,
    handoff.key,
    `hand-off · ${words(handoff.status)}`,
    handoff.missing,
    buttons,
  );
}

function box(
  kind: string,
  status: string,
  name: string,
  detail: string,
  missing: readonly string[],
  more: readonly HTMLElement[],
): HTMLElement {
  const waits = missing.length === 0 ? null : el('p', { class: 'muted' }, `waits for ${missing.join(', ')}`);
  return el(
    'li',
    { class: `box ${kind} ${status}` },
    el('p', { class: 'name' }, name),
    el('p', {}, detail),
    waits,
    ...more,
  );
}
