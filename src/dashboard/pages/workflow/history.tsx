import { useState } from 'react';
import { Link } from 'react-router';
import {
  ChangeEffectsDocument,
  WorkflowHistoryDocument,
  type WorkflowHistoryQuery,
} from '../../api/operations.ts';
import { useData } from '../../api/use-data.ts';
import { Changes, Class, ClassNote } from '../../ui/changes.tsx';
import { EffectTable, JUDGED_BY, OnDemand } from '../../ui/effect-table.tsx';
import { count, moment, words } from '../../ui/format.ts';
import { More } from '../../ui/more.tsx';
import { Badge, Empty, Loaded, Section } from '../../ui/parts.tsx';
import { pathOfDiff } from '../../ui/versions.tsx';

type Change = WorkflowHistoryQuery['workflowHistory']['nodes'][number];

const A_PAGE = 10;

/** Every change, newest first: who made it, what it meant, and what it brought. */
export function History({ workflow: key }: { workflow: string }) {
  const [first, setFirst] = useState(A_PAGE);
  const answer = useData(WorkflowHistoryDocument, { key, first });
  return (
    <Section title="History">
      <Loaded of={answer}>
        {({ workflowHistory: { nodes, totalCount, pageInfo } }) =>
          nodes.length === 0 ? (
            <Empty>Nothing has changed yet.</Empty>
          ) : (
            <>
              <ClassNote />
              <ol className="history">
                {nodes.map((change) => (
                  <li key={change.id}>
                    <OneChange workflow={key} change={change} />
                  </li>
                ))}
              </ol>
              <More
                shown={nodes.length}
                total={totalCount}
                hasMore={pageInfo.hasNextPage}
                onMore={() => setFirst((before) => before + A_PAGE)}
              />
            </>
          )
        }
      </Loaded>
    </Section>
  );
}

function OneChange({ workflow, change }: { workflow: string; change: Change }) {
  const { kind, classification, summary, changes, commit, author, pullRequest, isRewind } = change;
  const [from, to] = [change.fromVersion?.number, change.toVersion?.number];
  const isNew = from !== undefined && to !== undefined && from !== to;
  return (
    <>
      <p>
        <Badge>{words(kind)}</Badge> {kind === 'MODIFIED' && <Class of={classification} />}{' '}
        <strong>{changes.length > 1 ? count(changes.length, 'change') : summary}</strong>
        {isNew && (
          <>
            {' · '}
            <Link to={pathOfDiff(workflow, from, to)}>
              v{from} to v{to}
            </Link>
          </>
        )}
      </p>
      <p className="muted">
        {isRewind ? 'The history of the branch was rewritten, and it went back to a commit of ' : ''}
        {author.name}, {moment(commit.committedAt)}, commit <code>{commit.sha.slice(0, 7)}</code>
        {pullRequest !== null && `, pull request #${pullRequest}`}: {commit.message.split('\n')[0]}
      </p>
      {changes.length > 1 && (
        <details>
          <summary>What changed</summary>
          <Changes of={changes} />
        </details>
      )}
      {isNew && (
        <OnDemand name="Measure its effect" about={`v${from} to v${to}`}>
          <EffectOfChange id={change.id} label={`Effect of the change from v${from} to v${to}`} />
        </OnDemand>
      )}
    </>
  );
}

function EffectOfChange({ id, label }: { id: string; label: string }) {
  const answer = useData(ChangeEffectsDocument, { id, metrics: JUDGED_BY });
  return (
    <Loaded of={answer}>
      {({ node }) => {
        const effects = node !== null && 'effects' in node ? node.effects : null;
        return effects === null ? (
          <Empty>There are not two versions to compare.</Empty>
        ) : (
          <EffectTable of={effects} label={label} />
        );
      }}
    </Loaded>
  );
}
