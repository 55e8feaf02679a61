import { type Change, edit } from './story.js';

/** How the regulated promotion came to review claims side by side. */
const PATH = 'regulated-promotion.yaml';

interface Approval {
  readonly team: string;
  readonly label: string;
  readonly effort: string;
  readonly consulted?: string;
}
const APPROVALS: readonly Approval[] = [
  { team: 'legal', label: 'Legal', effort: '{ optimistic: P2D, likely: P3D, pessimistic: P5D }' },
  { team: 'medical', label: 'Medical', effort: '{ optimistic: P3D, likely: P4D, pessimistic: P6D }' },
  {
    team: 'regulatory',
    label: 'Regulatory',
    effort: '{ optimistic: P1D, likely: P2D, pessimistic: P4D }',
    consulted: 'medical',
  },
];

function approvals(indent: string): string {
  return APPROVALS.map(({ team, label, effort, consulted }) => {
    const keys = [
      `name: ${label} signs off`,
      'kind: approval',
      'approves: [claims]',
      `responsible: ${team}`,
      `accountable: ${team}`,
      ...(consulted === undefined ? [] : [`consulted: [${consulted}]`]),
      `effort: ${effort}`,
    ];
    return `${indent}- id: ${team}-approval\n${keys.map((key) => `${indent}  ${key}\n`).join('')}`;
  }).join('');
}

export const SIDE_BY_SIDE: readonly Change[] = [
  edit(
    PATH,
    approvals('      '),
    `      # The three reviews look at the same claims and do not need each other's result.
      - id: claim-reviews
        allOf:
${approvals('          ')}`,
  ),
];

/** A review that lies for a week is brought up, so that the slowest track does not hold the other two. */
export const ESCALATION: readonly Change[] = APPROVALS.map(({ effort }) =>
  edit(PATH, `effort: ${effort}\n`, `effort: ${effort}\n            escalateAfter: P5D\n`),
);
