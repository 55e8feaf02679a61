import { type SubmitEvent, useState } from 'react';
import { Link } from 'react-router';
import { AnswerRetrospectiveDocument, type RetrospectiveActionState } from '../api/operations.ts';
import { useAct } from '../api/use-data.ts';
import { Effects } from '../ui/effects.tsx';
import { calendarDay, day, words } from '../ui/format.ts';
import { Badge, Empty, Refusals, Section, type Tone } from '../ui/parts.tsx';
import { PlanLink } from '../ui/plan-link.tsx';
import type { RetrospectiveShown } from './retrospective-shown.ts';

type Action = RetrospectiveShown['actions'][number];

const TONES: Readonly<Record<RetrospectiveActionState, Tone>> = {
  DONE: 'good',
  OPEN: 'busy',
  OVERDUE: 'bad',
};

interface ActionsProps {
  readonly campaign: string;
  /** The one that the campaign ran on. */
  readonly workflow: string;
  readonly actions: readonly Action[];
  readonly titles: ReadonlyMap<string, string>;
  readonly mayChange: boolean;
}

type Changed = Partial<Omit<Action, 'effects' | 'commit' | 'nextCampaigns' | 'state' | 'effect'>> & {
  readonly done?: boolean;
};
/** What is not given stays as it is. */
const UNCHANGED = {
  done: null,
  dueOn: null,
  number: null,
  owner: null,
  proposal: null,
  text: null,
  workflow: null,
};

/** What is to change, and what became of it. */
export function Actions({ campaign, workflow, actions, titles, mayChange }: ActionsProps) {
  const acting = useAct();
  const change = (action: Changed) =>
    acting.act(AnswerRetrospectiveDocument, {
      input: { campaign, complete: false, answers: null, actions: [{ ...UNCHANGED, ...action }] },
    });
  return (
    <Section title="Actions" note="What is to change, and what became of it.">
      <Refusals of={acting} />
      {actions.length === 0 && <Empty>Nothing was agreed yet.</Empty>}
      {actions.map((action) => (
        <OneAction
          key={action.number}
          action={action}
          titles={titles}
          isPending={acting.isPending}
          onChange={mayChange ? change : null}
        />
      ))}
      {mayChange && (
        <>
          <h3>A new action</h3>
          <ActionForm
            button="Add the action"
            isPending={acting.isPending}
            onSave={(action) => change({ ...action, workflow })}
          />
        </>
      )}
    </Section>
  );
}

interface OneProps {
  readonly action: Action;
  readonly titles: ReadonlyMap<string, string>;
  readonly isPending: boolean;
  readonly onChange: ((action: Changed) => Promise<boolean>) | null;
}

function OneAction({ action, titles, isPending, onChange }: OneProps) {
  const { number, text, owner, dueOn, workflow, state, proposal, commit, effect, effects, nextCampaigns } =
    action;
  const [isChanging, setChanging] = useState(false);
  return (
    <article className="action">
      <h3>
        {number}. {text} <Badge tone={TONES[state]}>{words(state)}</Badge>
      </h3>
      <p>
        {owner}, by {calendarDay(dueOn)} ·{' '}
        <Link to={`/workflows/${encodeURIComponent(workflow)}`}>{workflow}</Link>
        {proposal !== null && (
          <>
            {' · proposal '}
            <PlanLink proposal={proposal} />
          </>
        )}
      </p>
      {commit && (
        <p>
          Carried out by commit <code>{commit.sha.slice(0, 8)}</code> {commit.message.split('\n')[0]}
          {commit.pullRequest !== null && ` (#${commit.pullRequest})`}, {commit.author.name},{' '}
          {day(commit.committedAt)}
        </p>
      )}
      {effect !== null && <p>{effect}</p>}
      {effects.length > 0 && <Effects effects={effects} titles={titles} />}
      {nextCampaigns.length > 0 && (
        <p>
          Campaigns since:{' '}
          {nextCampaigns.map(({ key, name }, at) => (
            <span key={key}>
              {at > 0 && ', '}
              <Link to={`/campaigns/${encodeURIComponent(key)}`}>{name}</Link>
            </span>
          ))}
        </p>
      )}
      {onChange && state !== 'DONE' && (
        <p>
          <button type="button" disabled={isPending} onClick={() => void onChange({ number, done: true })}>
            Say that action {number} is done
          </button>{' '}
          <button type="button" aria-expanded={isChanging} onClick={() => setChanging(!isChanging)}>
            Change action {number}
          </button>
        </p>
      )}
      {onChange && isChanging && (
        <ActionForm
          given={{ text, owner, dueOn }}
          button={`Save action ${number}`}
          isPending={isPending}
          onSave={async (changed) => {
            const isSaved = await onChange({ number, ...changed });
            if (isSaved) setChanging(false);
            return isSaved;
          }}
        />
      )}
    </article>
  );
}

interface FormProps {
  readonly given?: typeof EMPTY;
  /** What stands on it. */
  readonly button: string;
  readonly isPending: boolean;
  /** @returns whether it was done */
  readonly onSave: (action: typeof EMPTY) => Promise<boolean>;
}

const EMPTY = { text: '', owner: '', dueOn: '' };

function ActionForm({ given = EMPTY, button, isPending, onSave }: FormProps) {
  const [action, setAction] = useState(given);
  const set = (name: keyof typeof EMPTY) => (event: { target: { value: string } }) =>
    setAction({ ...action, [name]: event.target.value });
  const save = async (event: SubmitEvent) => {
    event.preventDefault();
    if (await onSave(action)) setAction(given);
  };
  return (
    <form onSubmit={(event) => void save(event)}>
      <label className="grow">
        What is to be done
        <textarea rows={2} required value={action.text} onChange={set('text')} />
      </label>
      <label>
        Role that sees to it <input required value={action.owner} onChange={set('owner')} />
      </label>
      <label>
        By when <input type="date" required value={action.dueOn} onChange={set('dueOn')} />
      </label>
      <button type="submit" disabled={isPending}>
        {button}
      </button>
    </form>
  );
}
