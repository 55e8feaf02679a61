import type { ApprovalState, UncountedApproval } from './approvals.js';
import { code, folded, listed, plain } from './markdown.js';
import { count } from './summarise-plan.js';

/** How many of a kind the comment lists before it only counts. */
const [ROLES, ITEMS, APPROVERS] = [10, 20, 5];

const WHY_NOT: Readonly<Record<UncountedApproval['reason'], string>> = {
  own: 'opened or proposed it',
  reader: 'may not write to this repository',
  unknown: 'the token may not ask whether they may write to this repository',
  gone: 'the commit that they approved is gone',
};

/** Whom the changes concern, who has approved what, and whose approval does not count. */
export function whoApproves(state: ApprovalState | null): string[] {
  if (state === null || state.items.length === 0) return [];
  const { items, roles, uncounted } = state;
  const asked = roles.slice(0, ROLES).map(askedLine);
  const more = roles.length > ROLES ? [`- … and ${count(roles.length - ROLES, 'role')} more`] : [];
  const approved = items.filter(({ approvedBy }) => approvedBy.length > 0).length;
  if (asked.length + approved + uncounted.length === 0) return [];
  return [
    ...['', '### Who has to approve'],
    ...(asked.length === 0 ? [] : ['', ...asked, ...more]),
    ...(uncounted.length === 0 ? [] : ['', `Not counted: ${notCounted(uncounted)}.`]),
    ...(asked.length === 0 ? [] : ['', RULE]),
    ...(approved === 0
      ? []
      : [
          '',
          ...folded(`Approved: ${approved} of ${count(items.length, 'change')}`, itemLines(state, ITEMS)),
        ]),
  ];
}

/** What an approval is worth, for whoever sees the comment without our documentation. */
const RULE =
  '<sub>An approval counts for what its commit changes, from anybody who may write to this repository and neither opened nor proposed the change. Weir does not know which roles people hold at the host.</sub>';

function askedLine({ role, reasons, approvedBy, open }: ApprovalState['roles'][number]): string {
  const [first = ''] = reasons;
  const why = reasons.length > 1 ? `${first}, and ${reasons.length - 1} more` : first;
  const by = approvedBy.length === 0 ? '' : ` · approved by ${reviewers(approvedBy)}`;
  const missing = open === 0 ? '' : ` · ${count(open, 'change')} to approve`;
  return `- ${open === 0 ? '☑' : '☐'} ${code(role)} ${plain(why)}${by}${missing}`;
}

/** Every change, and who has approved it. */
export function itemLines({ items }: ApprovalState, most: number): string[] {
  const lines = items.slice(0, most).map(({ definition, summary, approvedBy }) => {
    const by = approvedBy.length === 0 ? '' : ` · approved by ${reviewers(approvedBy)}`;
    return `- ${by === '' ? '☐' : '☑'} ${code(definition)}: ${plain(summary)}${by}`;
  });
  return [...lines, ...(items.length > most ? [`- … and ${items.length - most} more`] : [])];
}

const reviewers = (given: readonly { readonly reviewer: string }[]): string =>
  listed(
    given.map(({ reviewer }) => code(reviewer)),
    APPROVERS,
  );

const notCounted = (uncounted: readonly UncountedApproval[]): string =>
  listed(
    uncounted.map(({ reviewer, reason }) => `${code(reviewer)} (${WHY_NOT[reason]})`),
    APPROVERS,
  );
