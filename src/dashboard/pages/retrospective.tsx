import { Link, useParams } from 'react-router';
import { RetrospectiveDocument, type RetrospectiveQuery } from '../api/operations.ts';
import { useData } from '../api/use-data.ts';
import { Facts } from '../ui/facts.tsx';
import { day, hours, moment, number, words } from '../ui/format.ts';
import { Badge, Empty, Loaded, Page, Section } from '../ui/parts.tsx';
import { Actions } from './retrospective-actions.tsx';
import type { RetrospectiveShown } from './retrospective-shown.ts';
import { Questions } from './retrospective-answers.tsx';
import { Survey } from './retrospective-survey.tsx';

type Campaign = NonNullable<RetrospectiveQuery['campaign']>;

const EVERY_SECONDS = 30;

/** What one campaign teaches: what the record shows, what people say, and what became of what they wanted changed. */
export default function Retrospective() {
  const { campaign: key = '' } = useParams();
  const found = useData(RetrospectiveDocument, { campaign: key }, { everySeconds: EVERY_SECONDS });
  const name = found.data?.campaign?.name ?? key;
  return (
    <Page title={`Retrospective of ${name}`} above={<Link to="/retrospectives">All retrospectives</Link>}>
      <Loaded of={found}>
        {({ campaign, metrics, viewer }) =>
          campaign?.retrospective ? (
            <Parts
              campaign={campaign}
              retrospective={campaign.retrospective}
              titles={new Map(metrics.map(({ metric, title }) => [metric, title]))}
              permissions={viewer.permissions}
            />
          ) : (
            <Missing campaign={campaign} />
          )
        }
      </Loaded>
    </Page>
  );
}

const Missing = ({ campaign }: { campaign: Campaign | null }) =>
  campaign === null ? (
    <Empty>There is no such campaign.</Empty>
  ) : (
    <Empty>
      {campaign.status === 'CANCELLED'
        ? 'It was called off: there is no retrospective.'
        : 'It opens when the campaign ends.'}{' '}
      <Link to={`/campaigns/${encodeURIComponent(campaign.key)}`}>The campaign</Link>
    </Empty>
  );

interface PartsProps {
  readonly campaign: Campaign;
  readonly retrospective: RetrospectiveShown;
  readonly titles: ReadonlyMap<string, string>;
  readonly permissions: readonly string[];
}

function Parts({ campaign, retrospective, titles, permissions }: PartsProps) {
  const { workflowVersion, completedAt, completedBy, createdAt } = retrospective;
  const { workflow } = workflowVersion;
  const mayAnswer = permissions.includes('CONTRIBUTOR');
  return (
    <>
      <p>
        {completedAt === null ? (
          <>
            <Badge tone="busy">open</Badge> since {day(createdAt)}
          </>
        ) : (
          <>
            <Badge tone="good">completed</Badge> by {completedBy} on {moment(completedAt)}
          </>
        )}
        {' · '}
        <Link to={`/campaigns/${encodeURIComponent(campaign.key)}`}>{campaign.name}</Link> on{' '}
        <Link to={`/workflows/${encodeURIComponent(workflow.key)}`}>{workflow.name}</Link> v
        {workflowVersion.number}
        {' · '}
        <Link to={`/audit?campaign=${encodeURIComponent(campaign.key)}`}>Audit record</Link>
      </p>
      <div className="columns">
        <Section title="Evidence" note="What was measured when the campaign ended.">
          <Evidence evidence={retrospective.evidence} />
        </Section>
        <Survey
          campaign={campaign.key}
          survey={retrospective.survey}
          isOpen={mayAnswer && completedAt === null}
        />
      </div>
      <Questions
        campaign={campaign.key}
        answers={retrospective.answers}
        isOpen={mayAnswer && completedAt === null}
        mayComplete={permissions.includes('STEWARD')}
      />
      <Actions
        campaign={campaign.key}
        workflow={workflow.key}
        actions={retrospective.actions}
        titles={titles}
        mayChange={mayAnswer}
      />
    </>
  );
}

function Evidence({ evidence }: { evidence: RetrospectiveShown['evidence'] }) {
  const { leadTimeHours, durationHours, reworkRounds, gatesPassed, gatesFailed, deviations, launchDelays } =
    evidence;
  return (
    <Facts
      of={[
        ['To the first launch', leadTimeHours === null ? 'nothing was launched' : hours(leadTimeHours)],
        ['From creation to the end', hours(durationHours)],
        ['Gates', `${number(gatesPassed)} passed, ${number(gatesFailed)} failed`],
        ['Most returns of one step', number(reworkRounds)],
        ['Gone past', deviations === 0 ? 'nothing' : `${number(deviations)} gates, rules or mandatory steps`],
        ...launchDelays.map(
          ({ channel, delayHours }) => [`Launch of ${words(channel)}`, delayOf(delayHours)] as const,
        ),
      ]}
    />
  );
}

const delayOf = (late: number): string =>
  Math.abs(late) < 0.05 ? 'on time' : `${hours(Math.abs(late))} ${late > 0 ? 'late' : 'early'}`;
