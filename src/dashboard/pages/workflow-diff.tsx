import { lazy, Suspense } from 'react';
import { Link, useParams, useSearchParams } from 'react-router';
import {
  CampaignsOfVersionsDocument,
  EffectBetweenVersionsDocument,
  VersionsOfDocument,
  type VersionsOfQuery,
  WorkflowDifferenceDocument,
} from '../api/operations.ts';
import { useData } from '../api/use-data.ts';
import { ChangedDiagram } from '../ui/changed-diagram.tsx';
import { Changes, Class, ClassNote } from '../ui/changes.tsx';
import { Choice } from '../ui/choice.tsx';
import { EffectTable, JUDGED_BY, OnDemand } from '../ui/effect-table.tsx';
import { day } from '../ui/format.ts';
import { Empty, Loaded, Page, Section } from '../ui/parts.tsx';
import { VersionTable } from '../ui/versions.tsx';
import { TwoForecasts } from './workflow-diff/two-forecasts.tsx';
import './workflow-diff.css';

/** What it needs is large, and it stands far down. */
const TextDiff = lazy(() => import('../ui/text-diff.tsx'));

type Found = NonNullable<VersionsOfQuery['workflow']>;

/** Any two versions of a workflow: what differs, and what came of it. */
export default function WorkflowDiff() {
  const { key = '' } = useParams();
  return <OfKey key={key} workflow={key} />;
}

function OfKey({ workflow: key }: { workflow: string }) {
  const answer = useData(VersionsOfDocument, { key });
  const name = answer.data?.workflow?.name ?? key;
  return (
    <Page
      title={`${name}: versions compared`}
      above={<Link to={`/workflows/${encodeURIComponent(key)}`}>{name}</Link>}
    >
      <Loaded of={answer}>
        {({ workflow }) =>
          workflow === null ? (
            <Empty>There is no workflow “{key}”.</Empty>
          ) : (
            <Chosen workflow={key} versions={workflow.versions.nodes} />
          )
        }
      </Loaded>
    </Page>
  );
}

/** Which two; without a choice the newest and the one before. */
function Chosen({ workflow, versions }: { workflow: string; versions: Found['versions']['nodes'] }) {
  const [search, setSearch] = useSearchParams();
  const newest = versions[0]?.number ?? 1;
  const to = Number(search.get('to') ?? newest);
  const from = Number(search.get('from') ?? Math.max(1, to - 1));
  const choose = (one: number, other: number) => setSearch({ from: String(one), to: String(other) });
  const options = versions.map(
    ({ number: each, commit }) => [String(each), `v${each} of ${day(commit.committedAt)}`] as const,
  );
  const known = (version: number) => versions.some(({ number: each }) => each === version);
  return (
    <>
      <form onSubmit={(event) => event.preventDefault()}>
        <Choice
          label="From"
          value={String(from)}
          options={options}
          onChange={(value) => choose(Number(value), to)}
        />
        <Choice
          label="To"
          value={String(to)}
          options={options}
          onChange={(value) => choose(from, Number(value))}
        />
        <button type="button" onClick={() => choose(to, from)}>
          Swap
        </button>
      </form>
      {!known(from) || !known(to) ? (
        <Empty>There is no such version. Choose two of the list.</Empty>
      ) : from === to ? (
        <Empty>
          {versions.length === 1 ? 'There is only one version yet.' : 'Choose two versions that differ.'}
        </Empty>
      ) : (
        <Compared key={`${from} ${to}`} workflow={workflow} from={from} to={to} />
      )}
    </>
  );
}

interface ComparedProps {
  readonly workflow: string;
  readonly from: number;
  readonly to: number;
}

function Compared({ workflow, from, to }: ComparedProps) {
  const refs = { from: { number: from }, to: { number: to } };
  const answer = useData(WorkflowDifferenceDocument, { key: workflow, ...refs });
  const stats = useData(CampaignsOfVersionsDocument, {
    campaignFilter: { workflow: [workflow], version: [from, to] },
  });
  return (
    <>
      <Loaded of={answer}>
        {({ workflowDiff: found }) =>
          found === null ? (
            <Empty>One of the two versions is not there any more.</Empty>
          ) : (
            <>
              <Section title="What it means">
                <p>
                  As a whole: <Class of={found.classification} />
                </p>
                <ClassNote />
                {found.changes.length === 0 ? (
                  <Empty>Both mean the same.</Empty>
                ) : (
                  <Changes of={found.changes} />
                )}
              </Section>
              <Section title="On the diagram">
                <ChangedDiagram svg={found.diagram} />
              </Section>
              <Section title="The files" note={`YAML of v${from} and of v${to}.`}>
                <Suspense fallback={<p role="status">Loading …</p>}>
                  <TextDiff
                    label={`YAML of v${from} and v${to}, line by line`}
                    before={found.from.source}
                    after={found.to.source}
                  />
                </Suspense>
              </Section>
            </>
          )
        }
      </Loaded>
      <TwoForecasts workflow={workflow} from={from} to={to} />
      <Section title="Campaigns">
        <Loaded of={stats}>
          {({ campaignStats }) => (
            <VersionTable
              workflow={workflow}
              versions={[{ number: from }, { number: to }]}
              stats={campaignStats}
            />
          )}
        </Loaded>
      </Section>
      <Section
        title="Measured effect"
        note={`How campaigns on v${to} fared, compared with those on v${from}. Work on it takes the server a moment.`}
      >
        <OnDemand name="Measure the effect">
          <Measured workflow={workflow} from={from} to={to} />
        </OnDemand>
      </Section>
    </>
  );
}

function Measured({ workflow, from, to }: ComparedProps) {
  const answer = useData(EffectBetweenVersionsDocument, {
    key: workflow,
    divide: { from: { number: from }, to: { number: to } },
    metrics: JUDGED_BY,
  });
  return (
    <Loaded of={answer}>
      {(data) =>
        data.workflow && <EffectTable of={data.workflow.effects} label={`Effect from v${from} to v${to}`} />
      }
    </Loaded>
  );
}
