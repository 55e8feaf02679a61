import { type SubmitEvent, useState } from 'react';
import { useSearchParams } from 'react-router';
import {
  ChangePlanDocument,
  type ChangePlanQuery,
  FollowedBranchDocument,
  OtherBranchesDocument,
} from '../api/operations.ts';
import { useData } from '../api/use-data.ts';
import { Findings } from '../ui/findings.tsx';
import { words } from '../ui/format.ts';
import { Badge, Empty, Loaded, Page, Section, type Tone } from '../ui/parts.tsx';
import { PlanLink } from '../ui/plan-link.tsx';
import { type Column, Table } from '../ui/table.tsx';
import { Effect } from './plan/impact.tsx';
import { WorkflowSection } from './plan/workflow-section.tsx';
import './plan.css';

type Plan = ChangePlanQuery['plan'];

/** What a merge would do, in the order of the comment on a pull request. */
export default function ChangePlan() {
  const [search, setSearch] = useSearchParams();
  const branch = useData(FollowedBranchDocument, {});
  const [base, head] = [search.get('base') ?? '', search.get('head') ?? ''];
  return (
    <Page title="Change plan">
      <p className="muted">
        What merging a branch, tag or commit would do: to the definitions, to lead times, and to campaigns
        that run. It is what the comment on a pull request says.
      </p>
      <Loaded of={branch}>
        {({ repository }) => (
          <RefForm
            key={`${base} ${head}`}
            base={base === '' ? (repository?.branch ?? '') : base}
            head={head}
            onPlan={(from, to) => setSearch({ base: from, head: to })}
          />
        )}
      </Loaded>
      {head === '' ? (
        <Branches />
      ) : (
        <PlanOf
          key={`${base} ${head}`}
          base={base === '' ? (branch.data?.repository?.branch ?? '') : base}
          head={head}
        />
      )}
    </Page>
  );
}

/** What there is to be merged, each of it one click away. */
function Branches() {
  const branches = useData(OtherBranchesDocument, {});
  return (
    <Section title="Branches" note="What merging one of them would do; those that are merged are left out.">
      <Loaded of={branches}>
        {({ repository }) =>
          repository ? <BranchList names={repository.otherBranches} /> : <Empty>Nothing is synced yet.</Empty>
        }
      </Loaded>
    </Section>
  );
}

function BranchList({ names }: { names: readonly string[] }) {
  if (names.length === 0)
    return (
      <Empty>
        There is no branch that is not merged. Say above what would be merged to see what it would do.
      </Empty>
    );
  return (
    <ul className="list">
      {names.map((name) => (
        <li key={name}>
          <PlanLink proposal={name} />
        </li>
      ))}
    </ul>
  );
}

interface RefFormProps {
  readonly base: string;
  readonly head: string;
  readonly onPlan: (base: string, head: string) => void;
}

function RefForm({ onPlan, ...given }: RefFormProps) {
  const [base, setBase] = useState(given.base);
  const [head, setHead] = useState(given.head);
  const send = (event: SubmitEvent) => {
    event.preventDefault();
    onPlan(base.trim(), head.trim());
  };
  return (
    <form onSubmit={send}>
      <label>
        Merge (head){' '}
        <input
          required
          value={head}
          placeholder="a branch, tag or commit"
          onChange={(event) => setHead(event.target.value)}
        />
      </label>
      <label>
        into (base) <input required value={base} onChange={(event) => setBase(event.target.value)} />
      </label>
      <button type="submit">Plan</button>
    </form>
  );
}

function PlanOf({ base, head }: { base: string; head: string }) {
  const answer = useData(ChangePlanDocument, { base, head }, { enabled: base !== '' });
  if (answer.isFetching && answer.data === undefined)
    return (
      <p role="status" className="loading">
        Working out the plan: files are merged, lead times simulated, and running campaigns looked at. This
        takes some seconds.
      </p>
    );
  return <Loaded of={answer}>{({ plan }) => <Whole plan={plan} />}</Loaded>;
}

const DOCUMENTS: readonly Column<Plan['documents'][number]>[] = [
  { title: 'Definition', cell: ({ kind, key }) => `${words(kind)} ${key}` },
  { title: 'What happens', cell: ({ change }) => <Badge>{words(change)}</Badge> },
  { title: 'What it would say otherwise', cell: ({ summary }) => summary },
];

/** What is valid may still break what runs. */
const toneOf = ({ ok, workflows }: Plan): Tone =>
  !ok ? 'bad' : workflows.some(({ classification }) => classification === 'BREAKING') ? 'warn' : 'good';

function Whole({ plan }: { plan: Plan }) {
  const touched = plan.workflows.filter(
    ({ change, touchedBy }) => change !== 'UNCHANGED' || touchedBy.length > 0,
  );
  const stuck = touched.flatMap(({ impact }) => (impact ?? []).filter(({ effect }) => effect === 'STUCK'));
  return (
    <>
      <Section title="Verdict">
        <p className="verdict">
          <Badge tone={toneOf(plan)}>{plan.verdict}</Badge>
        </p>
        <p>{plan.counts}</p>
        <p className="muted">
          <code>{plan.head.sha.slice(0, 7)}</code> ({plan.head.ref}) merged into{' '}
          <code>{plan.base.sha.slice(0, 7)}</code> ({plan.base.ref})
        </p>
      </Section>
      <Section title="Findings">
        {plan.problems.length === 0 ? <Empty>Nothing is wrong.</Empty> : <Findings of={plan.problems} />}
      </Section>
      {stuck.length > 0 && (
        <Section title="Campaigns that could not move over">
          <ul className="list impact">
            {stuck.map((each) => (
              <Effect key={each.campaign} of={each} />
            ))}
          </ul>
        </Section>
      )}
      {touched.map((workflow) => (
        <WorkflowSection key={workflow.key} workflow={workflow} />
      ))}
      {plan.documents.length > 0 && (
        <Section title="Other definitions">
          <Table
            label="Other definitions"
            columns={DOCUMENTS}
            rows={plan.documents}
            keyOf={({ kind, key }) => `${kind} ${key}`}
          />
        </Section>
      )}
    </>
  );
}
