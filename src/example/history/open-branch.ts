import { AUTHORS, type Change, edit, type PlannedCommit } from './story.js';

/** A commit that is not merged, dated by working days before today, as it waits for its review today. */
export interface OpenCommit extends Pick<PlannedCommit, 'key' | 'hour' | 'author' | 'message'> {
  readonly daysBefore: number;
  /** What it does to the final files. */
  readonly changes: readonly Change[];
}

const BRIEF_APPROVAL = `          - id: brand
            name: Brand approves the brief
            kind: approval
            approves: [brief]
            responsible: brand
            accountable: brand
            effort: P1D
`;
const FINANCE_APPROVES = `          - id: finance
            name: Finance approves the offer
            kind: approval
            approves: [brief]
            responsible: finance
            accountable: finance
            effort: P1D
`;
const TRAINING =
  '          - { id: sales-training, name: Train the sales team, responsible: sales, accountable: sales, consulted: [product-manager], effort: P1D }\n';
const PRICES_APPROVED =
  '          - { id: price-approval, name: Finance approves the prices, kind: approval, approves: [sales-kit], responsible: finance, accountable: finance, effort: P1D }\n';

/** What the change plan of the example shows: the folding bike has passed the place of the new approval, the B2B launch has not. */
export const OPEN_BRANCH = 'finance-approves-offers';
export const OPEN_COMMITS: readonly OpenCommit[] = [
  {
    key: 'offer-approval',
    daysBefore: 3,
    hour: 10,
    author: AUTHORS.campaigns,
    message: `Have finance approve the offer of a product launch

A booth script promised 25 % where the brief says 20. Finance looks at
the offer beside legal and brand, so nobody waits longer for it.`,
    changes: [edit('product-launch.yaml', BRIEF_APPROVAL, `${BRIEF_APPROVAL}${FINANCE_APPROVES}`)],
  },
  {
    key: 'price-approval',
    daysBefore: 2,
    hour: 15,
    author: AUTHORS.operations,
    message: `Have finance approve the prices before sales is trained

The same for the B2B launch: what sales learns by heart should be true.`,
    changes: [edit('quarterly-b2b-launch.yaml', TRAINING, `${PRICES_APPROVED}${TRAINING}`)],
  },
];
