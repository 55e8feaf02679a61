import { useState } from 'react';
import {
  ApproveDocument,
  CompleteStepDocument,
  LaunchChannelDocument,
  RejectDocument,
  type SignatureMeaning,
  SkipStepDocument,
  StartStepDocument,
  type StepStatus,
} from '../../api/operations.ts';
import type { Act } from '../../api/use-data.ts';
import { Dialog, textOf } from '../../ui/dialog.tsx';
import { words } from '../../ui/format.ts';
import { PermittedButton } from '../../ui/permitted.tsx';
import type { Found } from './found.ts';

type Step = Found['steps'][number];
type Asked = 'approve' | 'reject' | null;
type Mutation = 'startStep' | 'completeStep' | 'approve' | 'reject' | 'launchChannel' | 'skipStep';

const OPEN: readonly StepStatus[] = ['READY', 'STARTED', 'ESCALATED', 'REJECTED'];

/** A launch that waits can be asked for, too: the API then says what stands in its way. */
const canAct = ({ kind, status }: Step): boolean =>
  OPEN.includes(status) || (kind === 'LAUNCH' && status === 'WAITING');

/** What can be done about a step now. What the rules forbid is refused by the API, with its reasons. */
export function StepActions({ campaign, step, acting }: { campaign: Found; step: Step; acting: Act }) {
  const [asked, setAsked] = useState<Asked>(null);
  if (campaign.status !== 'RUNNING' || !canAct(step)) return null;
  const input = { campaign: campaign.key, step: step.key };
  const isOptional = campaign.workflowVersion.steps.some(({ key, optional }) => key === step.key && optional);
  const isJudged = step.kind === 'APPROVAL' || step.kind === 'REVIEW';
  const button = (name: string, asked: Mutation, onClick: () => void) => (
    <PermittedButton {...{ name, asked, acting, onClick }} label={`${name}: ${step.name}`} />
  );
  return (
    <div className="actions">
      {step.status === 'READY' &&
        step.kind !== 'LAUNCH' &&
        button('Start', 'startStep', () => void acting.act(StartStepDocument, { input }))}
      {step.status === 'STARTED' &&
        !isJudged &&
        step.kind !== 'LAUNCH' &&
        button('Complete', 'completeStep', () => void acting.act(CompleteStepDocument, { input }))}
      {isJudged && button('Approve', 'approve', () => setAsked('approve'))}
      {isJudged && button('Reject', 'reject', () => setAsked('reject'))}
      {step.kind === 'LAUNCH' &&
        button(
          'Launch',
          'launchChannel',
          () =>
            void acting.act(LaunchChannelDocument, {
              input: { campaign: campaign.key, channel: step.channel ?? '' },
            }),
        )}
      {step.status === 'READY' &&
        step.kind !== 'LAUNCH' &&
        isOptional &&
        button('Skip', 'skipStep', () => void acting.act(SkipStepDocument, { input }))}
      {asked !== null && (
        <Decision
          asked={asked}
          step={step}
          isRegulated={campaign.workflowVersion.isRegulated}
          onClose={() => setAsked(null)}
          onDecide={(comment, meaning) =>
            void (asked === 'approve'
              ? acting.act(ApproveDocument, {
                  input: { ...input, comment, meaning, contentHash: step.contentHash },
                })
              : acting.act(RejectDocument, { input: { ...input, comment: comment ?? '', meaning } }))
          }
        />
      )}
    </div>
  );
}

const MEANINGS: readonly SignatureMeaning[] = ['APPROVAL', 'REVIEW', 'RESPONSIBILITY', 'AUTHORSHIP'];

interface DecisionProps {
  readonly asked: 'approve' | 'reject';
  readonly step: Step;
  readonly isRegulated: boolean;
  readonly onClose: () => void;
  readonly onDecide: (comment: string | null, meaning: SignatureMeaning | null) => void;
}

/** A decision with its comment, and in a regulated workflow what the signature means. */
function Decision({ asked, step, isRegulated, onClose, onDecide }: DecisionProps) {
  const verb = asked === 'approve' ? 'Approve' : 'Reject';
  return (
    <Dialog
      title={`${verb}: ${step.name}`}
      action={verb}
      onClose={onClose}
      onSubmit={(given) =>
        onDecide(textOf(given, 'comment'), textOf(given, 'meaning') as SignatureMeaning | null)
      }
    >
      <label>
        {asked === 'approve' ? 'Comment, if any' : 'What has to be mended'}
        <textarea name="comment" rows={3} required={asked === 'reject'} />
      </label>
      {isRegulated && (
        <>
          <label>
            What your signature means
            <select name="meaning" required defaultValue="">
              <option value="" disabled>
                Choose …
              </option>
              {MEANINGS.map((meaning) => (
                <option key={meaning} value={meaning}>
                  {words(meaning)}
                </option>
              ))}
            </select>
          </label>
          <p className="muted">
            The workflow is regulated: your name, the time and this meaning are bound to what you have looked
            at.
          </p>
        </>
      )}
    </Dialog>
  );
}
