import { lazy, Suspense, useState } from 'react';
import { Link, useParams } from 'react-router';
import {
  CampaignDocument,
  CampaignFollowedDocument,
  CancelCampaignDocument,
  EndCampaignDocument,
} from '../../api/operations.ts';
import { useAct, useData, useLive } from '../../api/use-data.ts';
import { Dialog, textOf } from '../../ui/dialog.tsx';
import { day, moment, words } from '../../ui/format.ts';
import { Badge, Loaded, Page, Refusals, Section } from '../../ui/parts.tsx';
import { PermittedButton, Permissions } from '../../ui/permitted.tsx';
import { Health } from '../campaign-health.tsx';
import { Asked } from './asked.tsx';
import type { Found } from './found.ts';
import { Gates } from './gates.tsx';
import { Lanes } from './lanes.tsx';
import { Timing } from './timing.tsx';
import './campaign.css';

/** Below what is looked at first. */
const More = lazy(() => import('./more.tsx'));

/** One campaign: where it stands, who is asked for what, and what can be done now. */
export default function Campaign() {
  const { key = '' } = useParams();
  const found = useData(CampaignDocument, { key });
  useLive(CampaignFollowedDocument, { key });
  return (
    <Loaded of={found}>
      {({ campaign }) =>
        campaign === null ? (
          <Page title="No such campaign" above={<Link to="/">All campaigns</Link>}>
            <p>There is no campaign ‘{key}’.</p>
          </Page>
        ) : (
          <Shown campaign={campaign} />
        )
      }
    </Loaded>
  );
}

function Shown({ campaign }: { campaign: Found }) {
  const acting = useAct();
  const { key, name, type, status, risk, createdAt, plannedLaunchAt, launchedAt } = campaign;
  const { number, isRegulated, workflow } = campaign.workflowVersion;
  return (
    <Page title={name} above={<Link to="/">All campaigns</Link>}>
      <p className="summary">
        <Badge tone={status === 'RUNNING' ? 'busy' : 'quiet'}>{words(status)}</Badge>{' '}
        {status === 'RUNNING' && <Health of={campaign} />}{' '}
        <Badge tone={risk === 'HIGH' ? 'warn' : 'quiet'}>{words(risk)} risk</Badge>{' '}
        {isRegulated && <Badge tone="warn">regulated</Badge>} {type} on{' '}
        <Link to={`/workflows/${encodeURIComponent(workflow.key)}`}>{workflow.name}</Link> v{number}, begun{' '}
        {day(createdAt)}
        {launchedAt !== null
          ? `, launched ${moment(launchedAt)}`
          : plannedLaunchAt === null
            ? ', without a planned launch'
            : `, planned to launch ${moment(plannedLaunchAt)}`}
        {campaign.cancelledBecause !== null && `, cancelled: ${campaign.cancelledBecause}`}
      </p>
      {status === 'RUNNING' && <EndButtons campaign={key} acting={acting} />}
      <Refusals of={acting} />
      <div className="columns">
        <Asked campaign={campaign} />
        <Timing campaign={campaign} acting={acting} />
      </div>
      <Section title="Workflow">
        <Permissions>
          <Lanes campaign={campaign} acting={acting} />
        </Permissions>
      </Section>
      <Gates campaign={campaign} acting={acting} />
      <Suspense fallback={<p role="status">Loading …</p>}>
        <More campaign={key} />
      </Suspense>
    </Page>
  );
}

function EndButtons({ campaign, acting }: { campaign: string; acting: ReturnType<typeof useAct> }) {
  const [isCancelling, setCancelling] = useState(false);
  return (
    <Permissions>
      <p>
        <PermittedButton
          {...{ asked: 'endCampaign', acting, name: 'End campaign' }}
          onClick={() => void acting.act(EndCampaignDocument, { input: { campaign } })}
        />{' '}
        <PermittedButton
          {...{ asked: 'cancelCampaign', acting, name: 'Call off' }}
          onClick={() => setCancelling(true)}
        />
      </p>
      {isCancelling && (
        <Dialog
          title="Call the campaign off"
          action="Call off"
          onClose={() => setCancelling(false)}
          onSubmit={(given) =>
            void acting.act(CancelCampaignDocument, {
              input: { campaign, reason: textOf(given, 'reason') ?? '' },
            })
          }
        >
          <label>
            Why <input name="reason" required />
          </label>
        </Dialog>
      )}
    </Permissions>
  );
}
