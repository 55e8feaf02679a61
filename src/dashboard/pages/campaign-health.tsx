import type { PortfolioQuery } from '../api/operations.ts';
import { words } from '../ui/format.ts';
import { Badge, type Tone } from '../ui/parts.tsx';

type Row = PortfolioQuery['campaigns']['nodes'][number];
type Shown = Pick<Row, 'status' | 'createdAt' | 'plannedLaunchAt' | 'launchedAt'> & {
  readonly gates: readonly Pick<Row['gates'][number], 'key' | 'status'>[];
  readonly steps: readonly Pick<Row['steps'][number], 'status'>[];
  readonly forecast: Pick<NonNullable<Row['forecast']>, 'launchP80Hours'> | null;
};

const HOUR_MS = 3_600_000;

export const launchAt = ({ createdAt }: Pick<Row, 'createdAt'>, hours: number): string =>
  new Date(new Date(createdAt).getTime() + hours * HOUR_MS).toISOString();

/** The gravest of what is wrong with a campaign, in words. */
export function Health({ of }: { of: Shown }) {
  const [tone, text] = healthOf(of, Date.now());
  return <Badge tone={tone}>{text}</Badge>;
}

function healthOf(of: Shown, now: number): readonly [Tone, string] {
  const { status, gates, steps, plannedLaunchAt, launchedAt, forecast } = of;
  if (status !== 'RUNNING') return ['quiet', words(status)];
  const failed = gates.find((gate) => gate.status === 'FAILED');
  if (failed) return ['bad', `gate ${failed.key} failed`];
  const planned =
    plannedLaunchAt === null || launchedAt !== null ? null : new Date(plannedLaunchAt).getTime();
  if (planned !== null && planned < now) return ['bad', 'launch overdue'];
  if (steps.some((step) => step.status === 'ESCALATED')) return ['bad', 'escalated'];
  const most = forecast?.launchP80Hours;
  if (planned !== null && most != null && new Date(launchAt(of, most)).getTime() > planned)
    return ['warn', 'launch at risk'];
  if (steps.some((step) => step.status === 'REJECTED')) return ['warn', 'rejected'];
  return ['good', launchedAt === null ? 'on track' : 'live'];
}
