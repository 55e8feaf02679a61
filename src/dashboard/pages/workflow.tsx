import { Link, useParams } from 'react-router';
import { WorkflowPageDocument, type WorkflowPageQuery } from '../api/operations.ts';
import { useData } from '../api/use-data.ts';
import { Findings } from '../ui/findings.tsx';
import { day, moment, number, words } from '../ui/format.ts';
import { Alert, Badge, Empty, Loaded, Page, Section } from '../ui/parts.tsx';
import { pathOfDiff } from '../ui/versions.tsx';
import { Drawing } from './workflow/drawing.tsx';
import { ForecastOfCurrent } from './workflow/forecast.tsx';
import { History } from './workflow/history.tsx';
import { Raci } from './workflow/raci.tsx';
import { Use } from './workflow/use.tsx';
import './workflow.css';

type Found = NonNullable<WorkflowPageQuery['workflow']>;

/** One workflow: what it says, what is wrong with it, what became of it, and what to expect of it. */
export default function Workflow() {
  const { key = '' } = useParams();
  return <OfKey key={key} workflow={key} />;
}

function OfKey({ workflow: key }: { workflow: string }) {
  const answer = useData(WorkflowPageDocument, { key });
  const title = answer.data?.workflow === null ? 'No such workflow' : (answer.data?.workflow.name ?? key);
  return (
    <Page title={title} above={<Link to="/workflows">All workflows</Link>}>
      <Loaded of={answer}>
        {({ workflow }) =>
          workflow === null ? (
            <Empty>There is no workflow “{key}”.</Empty>
          ) : (
            <>
              <Pinned of={workflow} />
              <div className="columns">
                <Facts of={workflow} />
                <Section title="Findings" note="Of its file, in the commit that was looked at last.">
                  {workflow.problems.length === 0 ? (
                    <Empty>Nothing is wrong with it.</Empty>
                  ) : (
                    <Findings of={workflow.problems} />
                  )}
                </Section>
              </div>
              <Drawing workflow={workflow} />
              <Raci workflow={workflow} />
              <ForecastOfCurrent workflow={workflow} />
              <Use workflow={key} />
              <History workflow={key} />
            </>
          )
        }
      </Loaded>
    </Page>
  );
}

function Pinned({ of: { pin, currentVersion } }: { of: Found }) {
  if (pin === null) return null;
  return (
    <Alert tone="warn">
      <p>
        Pinned to v{currentVersion.number} by {pin.pinnedBy} on {moment(pin.pinnedAt)}: {pin.reason}
      </p>
    </Alert>
  );
}

function Facts({ of }: { of: Found }) {
  const { currentVersion, complexity } = of;
  const { number: version, commit, decision } = currentVersion;
  return (
    <Section title="In short">
      <dl className="facts">
        <dt>Key</dt>
        <dd>
          <code>{of.key}</code>
        </dd>
        <dt>Status</dt>
        <dd>
          <Badge tone={of.status === 'ACTIVE' ? 'good' : 'quiet'}>{words(of.status)}</Badge>
          {of.retiredAt !== null && ` since ${day(of.retiredAt)}: it takes no new campaigns`}
        </dd>
        <dt>Model, pattern</dt>
        <dd>
          {words(of.model)}, {words(of.pattern)}
        </dd>
        {decision !== null && (
          <>
            <dt>Why {words(decision.chosen)}</dt>
            <dd>
              {decision.rationale}
              {decision.isRecommended !== null && (
                <span className="muted">
                  {' '}
                  (the checklist recommends {decision.isRecommended ? 'it, too' : 'another'})
                </span>
              )}
            </dd>
          </>
        )}
        <dt>Steward</dt>
        <dd>{of.steward}</dd>
        <dt>Version</dt>
        <dd>
          v{version} of {day(commit.committedAt)}, commit <code>{commit.sha.slice(0, 7)}</code>
          {version > 1 && (
            <>
              {' · '}
              <Link to={pathOfDiff(of.key, version - 1, version)}>what changed since v{version - 1}</Link>
            </>
          )}
        </dd>
        <dt>File</dt>
        <dd>
          <code>{of.file}</code>
        </dd>
        <dt>Complexity</dt>
        <dd>
          {words(complexity.band)}: {number(complexity.channels)} channels, {number(complexity.roles)} roles,{' '}
          {number(complexity.gates)} gates
        </dd>
      </dl>
    </Section>
  );
}
