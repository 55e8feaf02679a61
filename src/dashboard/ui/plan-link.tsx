import { Link } from 'react-router';
import { FollowedBranchDocument } from '../api/operations.ts';
import { useData } from '../api/use-data.ts';

/** To what merging a proposal would do; it is merged into the branch that is followed. */
export function PlanLink({ proposal }: { proposal: string }) {
  const base = useData(FollowedBranchDocument, {}).data?.repository?.branch;
  const refs = new URLSearchParams({ ...(base == null ? {} : { base }), head: proposal });
  return <Link to={`/plan?${refs}`}>{proposal}</Link>;
}
