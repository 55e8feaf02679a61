import { nearest } from '../suggestion.js';

/** Why an action was not carried out, as an answer to whoever asked for it. */
export interface Refusal {
  readonly code: RefusalCode;
  /** A sentence a marketer understands. */
  readonly message: string;
  /** The rule, gate or other part of the definition that says so; null when none does. */
  readonly rule: string | null;
  /** What has to happen first. */
  readonly missing: readonly string[];
  /** Roles that can provide it. */
  readonly askRole: readonly string[];
}

/** What sort of obstacle a refusal names, and so what whoever is refused can do about it. */
export type RefusalKind = 'not-found' | 'state' | 'rule' | 'permission' | 'input';

interface RefusalEntry {
  readonly kind: RefusalKind;
  readonly meaning: string;
  /** What to do about it. */
  readonly remedy: string;
  /** A message as the API gives it. */
  readonly example: string;
}

/** Every reason for which an action is refused. A code is never removed and never given another meaning. */
export const REFUSALS = {
  UNKNOWN_CAMPAIGN: {
    kind: 'not-found',
    meaning: 'There is no campaign of this key.',
    remedy: 'Look the key up with `campaigns(filter: { search: … })`.',
    example: "there is no campaign 'sumer-launch'",
  },
  UNKNOWN_WORKFLOW: {
    kind: 'not-found',
    meaning: 'There is no workflow of this key.',
    remedy: 'Look the key up with `workflows`.',
    example: "there is no workflow 'product-lunch', did you mean 'product-launch'?",
  },
  UNKNOWN_STEP: {
    kind: 'not-found',
    meaning: 'The version that the campaign is pinned to has no such step.',
    remedy: "Look the key up in the campaign's `steps`.",
    example:
      "workflow 'product-launch' has no step 'breif' in the version this campaign is pinned to, did you mean 'brief'?",
  },
  UNKNOWN_GATE: {
    kind: 'not-found',
    meaning: 'The version that the campaign is pinned to has no such gate.',
    remedy: "Look the key up in the campaign's `gates`.",
    example: "workflow 'product-launch' has no gate 'integration-revue', did you mean 'integration-review'?",
  },
  UNKNOWN_HANDOFF: {
    kind: 'not-found',
    meaning: 'The version that the campaign is pinned to has no such hand-off.',
    remedy: "Look the key up in the campaign's `handoffs`.",
    example:
      "workflow 'product-launch' has no hand-off 'sign-of-to-creative', did you mean 'sign-off-to-creative'?",
  },
  UNKNOWN_CHANNEL: {
    kind: 'not-found',
    meaning: 'The workflow does not launch such a channel.',
    remedy: 'Use one of the channels that the message names.',
    example: "no step launches 'fax'; the channels are email, events, social",
  },
  UNKNOWN_TASK: {
    kind: 'not-found',
    meaning: 'The campaign has no such task.',
    remedy: "Look the key up in the campaign's `tasks`.",
    example: "the campaign has no task 'new-subject-lines'",
  },
  UNKNOWN_VERSION: {
    kind: 'not-found',
    meaning: 'The workflow has no such version.',
    remedy: "Look it up in the workflow's `versions`, or leave `to` out for the one served now.",
    example: "workflow 'product-launch' has no version 12",
  },
  REQUEST_KEY_REUSED: {
    kind: 'state',
    meaning: 'Another request came with this Idempotency-Key before.',
    remedy: 'Give each request a new key, and the same one only when it is sent again as it was.',
    example: "the key '7f3c' came with another request before: a new request takes a new key",
  },
  REVIEW_COMPLETED: {
    kind: 'state',
    meaning: 'The review of this quarter was completed already.',
    remedy: 'Put what was left out into the review of the next quarter.',
    example: 'the review of 2026-Q2 (2026-04-01 to 2026-06-30) was completed before, and stays as it is',
  },
  REVIEW_TOO_EARLY: {
    kind: 'state',
    meaning: 'The quarter is not over.',
    remedy: 'Complete its review when it is.',
    example: 'the quarter 2027-Q1 goes on until 2027-03-31',
  },
  ATTENDEES_MISSING: {
    kind: 'rule',
    meaning: 'A review takes people of two teams at least.',
    remedy: 'Ask somebody of another team to attend.',
    example: 'a review takes people of two teams at least; here is only marketing',
  },
  CAMPAIGN_EXISTS: {
    kind: 'state',
    meaning: 'There is a campaign of this key already.',
    remedy: 'Choose another key, or go on with that campaign.',
    example: "there is already a campaign 'summer-launch'",
  },
  CAMPAIGN_NOT_RUNNING: {
    kind: 'state',
    meaning: 'The campaign has ended or was cancelled.',
    remedy: 'Nothing: it is over. Create another campaign.',
    example: "campaign 'quick-note' is ended",
  },
  CAMPAIGN_NOT_FINISHED: {
    kind: 'state',
    meaning: 'Something is still open, so the campaign cannot end.',
    remedy: 'Finish what `missing` names.',
    example: "campaign 'quick-note' cannot end while publish, retrospective are open",
  },
  WORKFLOW_NOT_OPEN: {
    kind: 'state',
    meaning: 'The workflow is a draft, or a pilot for other campaigns.',
    remedy: 'Take another workflow, or have the campaign named in `pilotCampaigns` of the definition.',
    example: "workflow 'trial' is a pilot for spring-trial: it takes no other campaign",
  },
  WORKFLOW_RETIRED: {
    kind: 'state',
    meaning: 'The workflow takes no new campaigns.',
    remedy: 'Choose another workflow.',
    example: "workflow 'newsletter' is retired: it takes no new campaigns",
  },
  MIGRATION_STUCK: {
    kind: 'state',
    meaning:
      'Under the other version the campaign could come to wait for ever, lose work, do it twice or be past a control.',
    remedy: 'Ask with `dryRun` for the trace; finish what it names, or change the definition.',
    example:
      "campaign 'spring-promotion' cannot move to version 1 of 'regulated-promotion': 'regulatory-approval' has begun although the approval 'medical-approval', which is not given, comes first",
  },
  NOTHING_TO_UNDO: {
    kind: 'state',
    meaning: 'The campaign was not moved to another version, or that was undone already.',
    remedy: 'Nothing: it is where it was.',
    example: "campaign 'summer-launch' has not been moved",
  },
  CHANGED_SINCE_MIGRATION: {
    kind: 'state',
    meaning: 'Something has been done since the campaign was moved, which undoing would lose.',
    remedy: 'Move it to the version you want instead.',
    example: "campaign 'bold-launch' has changed since it was moved: step.start brief",
  },
  PREDECESSOR_OPEN: {
    kind: 'state',
    meaning: 'Something that has to come first is not done.',
    remedy: 'Ask a role of `askRole` to finish what `missing` names.',
    example: "step 'framework' waits for hand-off sign-off-to-creative",
  },
  BRANCH_NOT_TAKEN: {
    kind: 'state',
    meaning: 'The step is in a branch that the campaign did not take.',
    remedy: 'Nothing: another branch has been started.',
    example: "step 'social-agency' is in a branch that this campaign did not take",
  },
  STEP_NOT_OPEN: {
    kind: 'state',
    meaning: 'The step is started, finished or not needed, so this cannot be done with it.',
    remedy: "Read the step's `status`.",
    example: "step 'brief' is done",
  },
  STEP_NOT_STARTED: {
    kind: 'state',
    meaning: 'The step has to be started before it can be finished.',
    remedy: 'Call `startStep` first.',
    example: "step 'brief' has not been started",
  },
  WRONG_ACTION: {
    kind: 'state',
    meaning: 'A step of this kind is moved by another action.',
    remedy: 'Use the action that the message names.',
    example: "step 'email-send' launches a channel: use launchChannel('email')",
  },
  CHANNEL_PAUSED: {
    kind: 'state',
    meaning: 'The channel is paused, so nothing is launched on it.',
    remedy: 'Ask an approver or a steward to resume it.',
    example: "'email' was paused by local; it has to be resumed first",
  },
  GATE_NOT_REACHED: {
    kind: 'state',
    meaning: 'The lanes that the gate compares are not far enough.',
    remedy: 'Finish what `missing` names.',
    example:
      "gate 'integration-review' is not reached before email-copy, email-review, social-approval, booth",
  },
  HANDOFF_NOT_REACHED: {
    kind: 'state',
    meaning: 'The sending section is not done.',
    remedy: 'Finish what `missing` names.',
    example: "hand-off 'sign-off-to-creative' is not reached before brief, legal, brand",
  },
  BLOCKED_BY_RULE: {
    kind: 'rule',
    meaning: 'A rule of the definition forbids the action for now.',
    remedy: 'Ask a role of `askRole` for what `missing` names.',
    example: "rule 'social-before-email' forbids the launch on 'email' until 'social-copy' is approved",
  },
  APPROVAL_MISSING: {
    kind: 'rule',
    meaning: 'The Policy demands an approval before any launch.',
    remedy: 'Ask the roles that `askRole` names to approve.',
    example:
      "where campaign.risk == 'high', the policy demands approval by legal and brand before any launch",
  },
  TOO_EARLY: {
    kind: 'rule',
    meaning: 'The least time between two channels (`minGap` of `sequence`) is not over.',
    remedy:
      'Launch at the time that `missing` names, or later. A role of `askRole` may go past it (`deviate` with the `rule`).',
    example:
      "'email' comes 5 hours after 'social' at the earliest: it may be launched from 2026-11-23 06:00 Europe/Berlin on",
  },
  SELF_APPROVAL: {
    kind: 'rule',
    meaning: 'Whoever asks has written or completed what is to be approved; nobody approves their own work.',
    remedy: 'Ask somebody else who holds a role of `askRole`, or hand the role over with `delegate`.',
    example:
      "'local' completed 'write-post', and nobody approves their own work: 'brand-approval' takes somebody else who speaks for brand",
  },
  ALREADY_APPROVED: {
    kind: 'state',
    meaning:
      'The person, or the role, has approved already, and what is still missing is the approval of others.',
    remedy: 'Ask the roles that `askRole` names.',
    example: "editor has approved 'sign' already; it waits for reviewer",
  },
  CONTENT_CHANGED: {
    kind: 'state',
    meaning: 'What is to be approved is not what was looked at: somebody has changed it meanwhile.',
    remedy:
      'Look at it again: the message says what has changed, by whom and when. Then send `contentHash` of the step or hand-off as it is now.',
    example:
      "what 'brand-approval' looks at is not what was looked at: the contentHash that was given belongs to no known version of it. Look again, then approve",
  },
  SIGNATURE_MEANING_MISSING: {
    kind: 'input',
    meaning: 'The workflow is regulated: who approves or rejects signs, and says what the signature means.',
    remedy: 'Send `meaning`: `REVIEW`, `APPROVAL`, `RESPONSIBILITY` or `AUTHORSHIP`.',
    example: "'legal-approval' is signed, as the workflow is regulated: say what the signature means",
  },
  AUTHENTICATION_TOO_OLD: {
    kind: 'permission',
    meaning:
      'A signature takes somebody who has just proved who they are; a stored token, or a session of before, proves nothing of now.',
    remedy: 'Sign in again, then approve or reject within the time that `missing` names.',
    example:
      "'medical-approval' is signed: 'medical@example.com' signed in 42 minutes ago; sign in, at most 15 minutes before",
  },
  UNKNOWN_ROLE: {
    kind: 'not-found',
    meaning: 'No Team has such a role.',
    remedy: 'Look it up in `teams`.',
    example: "there is no role 'brnd', did you mean 'brand'?",
  },
  NOTHING_TO_DELEGATE: {
    kind: 'state',
    meaning: 'The role approves and accepts nothing there.',
    remedy: 'Hand over one of the roles that `missing` names.',
    example: 'copywriter approves and accepts nothing of this campaign, so there is nothing to hand over',
  },
  DELEGATION_TO_SELF: {
    kind: 'input',
    meaning: 'A role is handed to itself, or to whoever hands it over.',
    remedy: 'Name another role or person.',
    example: 'brand cannot be handed to itself',
  },
  DELEGATE_NOT_ALLOWED: {
    kind: 'rule',
    meaning: 'The Team does not let this role or person stand in (`delegates` of the role).',
    remedy: 'Hand it to a role of `askRole`, to one of its people, or have the Team changed.',
    example: "'copywriter' may not stand in for brand: the team lets creative-lead",
  },
  DELEGATION_LOOP: {
    kind: 'rule',
    meaning: 'The role would come back to where it started, and nobody would be asked.',
    remedy: 'Hand it to somebody else, or take the other one back with `endDelegation`.',
    example: 'editor is handed over already: reviewer → editor → reviewer would be a circle',
  },
  DELEGATED_ON: {
    kind: 'permission',
    meaning:
      'Whoever asks stands in for a stand-in, or would have others stand in: a stand-in hands nothing on.',
    remedy: 'Ask one of `askRole`: the role itself can always answer, and can hand itself to somebody else.',
    example: "reviewer stands in for editor at 'check' and cannot hand that on: it takes reviewer or editor",
  },
  DELEGATION_ENDED: {
    kind: 'state',
    meaning: 'The role was handed over until a moment that has passed.',
    remedy: 'Ask the role of `askRole`, which can hand it over again.',
    example: "editor was handed to 'reviewer' until 2026-11-22T00:00:00.000Z, which is over",
  },
  HANDOFF_RETURNED: {
    kind: 'state',
    meaning: 'The receiving side has returned the hand-off, and it was not offered again.',
    remedy: 'Mend what the message says, then call `offerHandoff`.',
    example: "hand-off 'sign-off-to-creative' was returned: the segments are last year's",
  },
  HANDOFF_ACCEPTED: {
    kind: 'state',
    meaning: 'The hand-off is accepted, so it cannot be returned or offered any more.',
    remedy: 'Nothing: work goes on behind it.',
    example: "hand-off 'sign-off-to-creative' is accepted",
  },
  HANDOFF_INCOMPLETE: {
    kind: 'rule',
    meaning: 'The payload of the hand-off is not complete, or a verification fails.',
    remedy: 'Provide what `missing` names: produce the artefact, or fill in the field of the brief.',
    example: "hand-off 'sign-off-to-creative' lacks offerCode, segments, valueProposition, launchDate",
  },
  UNKNOWN_RULE: {
    kind: 'not-found',
    meaning: 'The version that the campaign is pinned to has no such rule.',
    remedy: "Look the key up in the workflow's definition.",
    example:
      "workflow 'product-launch' has no rule 'social-befor-email', did you mean 'social-before-email'?",
  },
  NOTHING_TO_DEVIATE: {
    kind: 'state',
    meaning: 'The gate, rule or step is in nobody’s way.',
    remedy: 'Nothing: go on.',
    example: "step 'brief' is done: there is nothing to go past",
  },
  DEVIATION_NOT_ALLOWED: {
    kind: 'rule',
    meaning: 'The Policy lets nobody go past this, or the campaign is regulated.',
    remedy: 'Do what is asked for, or have the Policy changed (`deviations`).',
    example: "the policy lets nobody go past rule 'social-before-email' of such a campaign",
  },
  CHANNEL_NOT_LIVE: {
    kind: 'state',
    meaning: 'Nothing may be sent on the channel: it is not launched, or it is paused.',
    remedy: 'Do what `missing` names, then ask for the permit again.',
    example: "'social' has not been launched: nothing may be sent on it yet",
  },
  CONTENT_DIFFERS: {
    kind: 'rule',
    meaning: 'What is to be sent is not what the campaign holds for the channel.',
    remedy:
      'Send what the assets of the channel say: the message says what has changed, by whom and when. `permit.contentHash` of a `launchPermit` without `contentHash` has their hash.',
    example:
      "what is to be sent on 'social' is not what was approved for it: the contentHash that was given belongs to no known version of it",
  },
  UNKNOWN_SPOKE: {
    kind: 'not-found',
    meaning: 'The campaign has no lane, spoke or channel of this key.',
    remedy: "Look the key up in the campaign's `spokes`.",
    example: "the campaign has no spoke 'emial', did you mean 'email'?",
  },
  HUB_OWNED_FIELD: {
    kind: 'permission',
    meaning: "The field of the brief is the hub's, and whoever asks has no role in it.",
    remedy: 'Ask a role of `askRole`; fields that the hub does not own can be set.',
    example: "'offerCode' is the hub's, and 'email-lead@example.com' has no role there: ask campaign-manager",
  },
  UNKNOWN_OFFER: {
    kind: 'input',
    meaning: 'The Taxonomy that the campaign is pinned to has no such offer.',
    remedy: 'Use a code of the Taxonomy, or add it there.',
    example: "the taxonomy has no offer 'WELCOM10', did you mean 'WELCOME10'?",
  },
  UNKNOWN_SEGMENT: {
    kind: 'input',
    meaning: 'The Taxonomy that the campaign is pinned to has no such segment.',
    remedy: 'Use a segment of the Taxonomy, or add it there.',
    example: "the taxonomy has no segment 'smbs', did you mean 'smb'?",
  },
  OFFER_NOT_VALID: {
    kind: 'input',
    meaning: 'The offer does not hold on the day on which readers see it.',
    remedy: 'Use another offer, move the date, or change the dates of the offer in the Taxonomy.',
    example: "offer 'XMAS15' held until 2026-12-24, and it is to be seen on 2027-01-04",
  },
  LINEAGE_CYCLE: {
    kind: 'input',
    meaning: 'An asset would be made from itself, by way of others.',
    remedy: 'Name the asset that it was really made from.',
    example: "'post' cannot be made from 'card': post is made from card is made from post",
  },
  BRIEF_CHANGED: {
    kind: 'state',
    meaning: 'Somebody has changed the brief since the version that the change is based on.',
    remedy: 'Read the present version, and base the change on that.',
    example: 'the brief is at version 2, not 1: offerCode changed, by local',
  },
  LAUNCH_IN_PAST: {
    kind: 'input',
    meaning:
      'A launch, the opening of a channel, or an asset, is planned for a time that is over by more than five minutes.',
    remedy:
      'Give a time that is to come; clocks may disagree by five minutes. What is launched now needs no plan.',
    example:
      'the launch cannot be planned for 2026-11-22T09:00:00.000Z, which is over: it is 2026-11-23T00:00:00.000Z',
  },
  ALREADY_LAUNCHED: {
    kind: 'state',
    meaning: 'What has been launched cannot be planned for another time.',
    remedy: 'Plan what has not been launched, channel by channel.',
    example: "campaign 'quick-note' has launched on social: its launch cannot be moved any more",
  },
  ROLE_MISSING: {
    kind: 'permission',
    meaning: 'Whoever asks lacks the role or the permission.',
    remedy: 'Ask somebody who holds a role of `askRole`.',
    example: "'email-lead@example.com' cannot approve 'brand': it takes the role brand",
  },
  RETROSPECTIVE_NOT_OPEN: {
    kind: 'state',
    meaning: 'The campaign has no retrospective: it has not ended, or it was called off.',
    remedy: 'End the campaign first (`endCampaign`).',
    example: "campaign 'summer-launch' still runs: its retrospective opens when it ends",
  },
  RETROSPECTIVE_COMPLETED: {
    kind: 'state',
    meaning: 'The retrospective is completed: neither its answers nor its survey change any more.',
    remedy: 'Nothing; its actions can still be added to and be told of.',
    example: "the retrospective of 'quick-note' is completed: what was answered stays as it is",
  },
  ANSWERS_MISSING: {
    kind: 'state',
    meaning: 'A retrospective is completed only once each of its questions has an answer.',
    remedy: 'Answer what `missing` names.',
    example: "the retrospective of 'quick-note' cannot be completed while questions have no answer",
  },
  UNKNOWN_ACTION: {
    kind: 'not-found',
    meaning: 'The retrospective has no action of this number.',
    remedy: 'Look the number up in its `actions`; a new action takes none.',
    example: "the retrospective of 'quick-note' has no action 9",
  },
  UNKNOWN_ALERT: {
    kind: 'not-found',
    meaning: 'There is no alert of this id.',
    remedy: 'Look it up in `alerts`.',
    example: 'there is no such alert',
  },
  UNKNOWN_NOTIFICATION: {
    kind: 'not-found',
    meaning: 'There is no notification of this id.',
    remedy: 'Look it up in `notifications`.',
    example: 'there is no such notification',
  },
  UNKNOWN_TOKEN: {
    kind: 'not-found',
    meaning: 'There is no API token of this id.',
    remedy: 'Look it up with `weir token list`; the id is the middle part of a token.',
    example: "there is no token 'p3upgz3fkpn7'",
  },
  NOTHING_TO_REPLAY: {
    kind: 'state',
    meaning: 'The notification is no dead letter at any target.',
    remedy: 'Nothing: look at its `deliveries`.',
    example: 'the notification is delivered, or still on its way',
  },
  NOT_WAITING: {
    kind: 'state',
    meaning: 'What is to be let go does not wait for anybody; everything else that was asked for is done.',
    remedy: 'Look up what waits in `repository { heldBack { key reason } }`.',
    example: "workflow 'newsletter' waits for nothing, so there is nothing to let go",
  },
  REASON_MISSING: {
    kind: 'input',
    meaning: 'What is asked for goes around the ordinary way, and nobody would know why.',
    remedy: 'Give a reason.',
    example: 'a pin needs a reason, for whoever finds it later',
  },
  BRANCH_EXISTS: {
    kind: 'state',
    meaning:
      'There is a branch of this name already, with something else on it, or one beside which it cannot be.',
    remedy: 'Choose another name, or leave it out.',
    example: "there is already a branch 'faster-social' with something else on it",
  },
  PUSH_REJECTED: {
    kind: 'state',
    meaning: 'The repository does not take the branch: a rule of the host, or a token that may not write.',
    remedy:
      'The message says what the repository said; the operator can change its rules or `WEIR_REPO_TOKEN`.',
    example: "the repository does not take the branch 'locked': it cannot be written there",
  },
  INVALID_PROPOSAL: {
    kind: 'input',
    meaning: 'With the change, the definition would not be valid.',
    remedy: 'Mend what `problems` names.',
    example: "'social-post' would not be valid: unknown role 'brnd'",
  },
  NOTHING_CHANGES: {
    kind: 'input',
    meaning: 'The file says already what is proposed.',
    remedy: 'Nothing: it is so.',
    example: "the file of 'social-post' already says so",
  },
  INVALID_INPUT: {
    kind: 'input',
    meaning: 'A value of the input cannot be used.',
    remedy: 'Correct the value; the message says what is allowed.',
    example: "'a b' cannot be a key: use letters, digits, dots, dashes",
  },
} as const satisfies Readonly<Record<string, RefusalEntry>>;

export type RefusalCode = keyof typeof REFUSALS;

/** The end of a message about a name that does not exist. */
export function didYouMean(name: string, known: Iterable<string>): string {
  const near = nearest(name, [...known]);
  return near === null ? '' : `, did you mean '${near}'?`;
}

export const unknownWorkflow = (key: string, known: Iterable<string>): Refusal =>
  refusal('UNKNOWN_WORKFLOW', `there is no workflow '${key}'${didYouMean(key, known)}`);

export const refusal = (
  code: RefusalCode,
  message: string,
  more: Partial<Omit<Refusal, 'code' | 'message'>> = {},
): Refusal => ({
  code,
  message,
  rule: more.rule ?? null,
  missing: more.missing ?? [],
  askRole: [...new Set(more.askRole ?? [])],
});
