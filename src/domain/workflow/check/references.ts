import type { Path } from '../../problem.js';
import { type Comparison, readExpression } from '../expression.js';
import { chainsOf, gatesOf, lanesOf, stepsOf } from '../steps.js';
import type { Block, Step, TriggerAction, Workflow } from '../workflow.js';
import type { CheckContext } from './context.js';
import { expressionsOf } from './expressions.js';

/** Names that nothing defines, wherever one can stand. */
export function checkReferences(context: CheckContext): void {
  checkRoles(context);
  checkSections(context);
  checkSteps(context);
  checkArtefacts(context);
  checkChannels(context);
  checkRest(context);
  checkActions(context);
}

/** Fields that every brief may have; a hub may own further ones (R48). */
const BRIEF_FIELDS = [
  'valueProposition',
  'offerCode',
  'segments',
  'audience',
  'launchDate',
  'deadline',
  'keyMessages',
  'callToAction',
  'claim',
  'keywords',
  'subjectLine',
  'tone',
  'product',
  'price',
  'budget',
] as const;

function checkRoles({ workflow, vocabulary, at, report }: CheckContext): void {
  const { roles } = vocabulary;
  if (!roles) return;
  const role = (name: string, path: Path, target: 'key' | 'value' = 'value') => {
    if (!roles.has(name)) report.unknown('role', 'E_UNKNOWN_ROLE', name, roles, { path, target });
  };
  const each = (names: readonly string[], node: object, key: string) => {
    names.forEach((name, position) => {
      role(name, at(node, key, position));
    });
  };
  role(workflow.steward, at(workflow, 'steward'));
  for (const step of stepsOf(workflow)) {
    role(step.accountable, at(step, 'accountable'));
    for (const list of ['responsible', 'consulted', 'informed'] as const) each(step[list], step, list);
    for (const name of Object.keys(step.staffing)) role(name, at(step, 'staffing', name), 'key');
  }
  for (const milestone of workflow.milestones) role(milestone.owner, at(milestone, 'owner'));
  for (const meeting of workflow.cadence) each(meeting.attendees, meeting, 'attendees');
  for (const gate of gatesOf(workflow)) each(gate.approvers, gate, 'approvers');
  for (const action of workflow.triggers.flatMap((trigger) => trigger.actions)) {
    const { responsible, roles: told } = action.arguments;
    if (typeof responsible === 'string') role(responsible, at(action, 'responsible'));
    if (Array.isArray(told)) each(told as string[], action, 'roles');
  }
}

function checkSections({ workflow, vocabulary, at, report }: CheckContext): void {
  const sections = workflow.sections.map((section) => section.key);
  const section = (name: string, path: Path) => {
    if (!sections.includes(name)) report.unknown('section', 'E_UNKNOWN_SECTION', name, sections, { path });
  };
  for (const each of workflow.sections) {
    each.after.forEach((before, position) => {
      section(before, at(each, 'after', position));
    });
    const lanes = lanesOf(each).map((lane) => lane.key);
    for (const gate of each.gates) {
      if (gate.merge.type !== 'named') continue;
      gate.merge.lanes.forEach((lane, position) => {
        if (!lanes.includes(lane)) {
          report.unknown('lane', 'E_UNKNOWN_LANE', lane, lanes, { path: at(gate, 'merge', position) });
        }
      });
    }
    const { tools } = vocabulary;
    if (each.tool !== null && tools && !tools.has(each.tool)) {
      report.unknown('tool', 'E_UNKNOWN_TOOL', each.tool, tools.keys(), { path: at(each, 'tool') });
    }
  }
  for (const handoff of workflow.handoffs) {
    section(handoff.from, at(handoff, 'from'));
    section(handoff.to, at(handoff, 'to'));
  }
  for (const milestone of workflow.milestones) {
    const known = [...sections, ...(vocabulary.roles ?? [])];
    milestone.consumers.forEach((name, position) => {
      if (vocabulary.roles && !known.includes(name)) {
        const path = at(milestone, 'consumers', position);
        report.unknown('role or section', 'E_UNKNOWN_CONSUMER', name, known, { path });
      }
    });
  }
}

function checkSteps({ workflow, at, report }: CheckContext): void {
  const steps = stepsOf(workflow).map((step) => step.key);
  const step = (name: string, path: Path) => {
    if (!steps.includes(name)) report.unknown('step', 'E_UNKNOWN_STEP', name, steps, { path });
  };
  for (const each of stepsOf(workflow)) {
    each.needs.forEach((need, position) => {
      step(need, at(each, 'needs', position));
    });
    checkQuorum(each, at(each, 'quorum'), report);
  }
  for (const gap of workflow.sequence) {
    step(gap.step, at(gap, 'step'));
    step(gap.after, at(gap, 'after'));
  }
  const rework = (blocks: readonly Block[]): void => {
    const beside = blocks.flatMap((block) => (block.key === null ? [] : [block.key]));
    blocks.forEach((block, position) => {
      if (block.type !== 'step') {
        for (const branch of block.branches) rework(branch.steps);
        return;
      }
      if (!block.rework) return;
      const { to, via } = block.rework;
      if (['approval', 'review', 'launch'].includes(via.kind)) {
        const message = `rework of '${block.key}' is done by '${via.key}', which is ${via.kind === 'approval' ? 'an' : 'a'} ${via.kind}: that mends nothing`;
        report.add('E_REWORK_TARGET', message, at(via, 'kind'), {
          hint: 'name the step that mends what was returned',
        });
      }
      const earlier = beside.filter((key) => blocks.findIndex((each) => each.key === key) <= position);
      if (earlier.includes(to)) return;
      const path = at(block.rework, 'to');
      if (!steps.includes(to) && !beside.includes(to)) {
        report.unknown('step', 'E_UNKNOWN_STEP', to, earlier, { path });
        return;
      }
      const message = `rework of '${block.key}' returns to '${to}', which is not an earlier step beside it`;
      report.add('E_REWORK_TARGET', message, path, { hint: `possible: ${earlier.join(', ')}` });
    });
  };
  for (const each of workflow.sections) for (const { blocks } of chainsOf(each)) rework(blocks);
}

/** Approvals are taken of roles that are responsible, and of no more than there are. */
function checkQuorum({ key, quorum, responsible }: Step, path: Path, report: CheckContext['report']): void {
  if (quorum?.type === 'named')
    quorum.roles.forEach((name, position) => {
      if (responsible.includes(name)) return;
      const known = new Set(responsible);
      report.unknown('responsible role', 'E_UNKNOWN_ROLE', name, known, { path: [...path, position] });
    });
  const several = new Set(responsible).size;
  if (quorum?.type === 'at-least' && quorum.count > several)
    report.add('E_RANGE', `'${key}' needs ${quorum.count} approvals of ${several} responsible roles`, [
      ...path,
      'atLeast',
    ]);
}

function checkArtefacts({ workflow, at, report }: CheckContext): void {
  const steps = stepsOf(workflow);
  const artefacts = new Set(steps.flatMap((step) => step.produces));
  for (const step of steps) {
    for (const list of ['approves', 'derivedFrom'] as const) {
      step[list].forEach((name, position) => {
        const path = at(step, list, position);
        if (!artefacts.has(name)) report.unknown('artefact', 'E_UNKNOWN_ARTEFACT', name, artefacts, { path });
      });
    }
  }
  const owned = workflow.sections.flatMap((section) =>
    section.model === 'hub-and-spoke' ? section.hub.owns : [],
  );
  const concerns = new Set([...workflow.channels, ...owned, ...BRIEF_FIELDS]);
  for (const step of steps) {
    step.concerns.forEach((name, position) => {
      if (concerns.has(name)) return;
      const path = at(step, 'concerns', position);
      report.unknown('channel or brief field', 'E_UNKNOWN_CONCERN', name, concerns, { path });
    });
  }
  const known = new Set([...artefacts, ...owned, ...BRIEF_FIELDS]);
  for (const handoff of workflow.handoffs) {
    handoff.payload.forEach((name, position) => {
      if (known.has(name)) return;
      const path = at(handoff, 'payload', position);
      report.unknown('artefact or brief field', 'E_UNKNOWN_PAYLOAD', name, known, { path });
    });
  }
}

/** The workflow's channels are the taxonomy's; all others are the workflow's. */
function checkChannels({ workflow, vocabulary, at, report }: CheckContext): void {
  const channel = (name: string, known: readonly string[], path: Path) => {
    if (!known.includes(name)) report.unknown('channel', 'E_UNKNOWN_CHANNEL', name, known, { path });
  };
  const { channels } = vocabulary;
  workflow.channels.forEach((name, position) => {
    if (channels) channel(name, [...channels.keys()], at(workflow, 'channels', position));
  });
  // A channel that is misspelt where they are listed is one mistake, not one for every step that names it.
  const isListed = workflow.channels.every((name) => !channels || channels.has(name));
  if (!isListed || report.isDamagedWithin(at(workflow, 'channels'))) return;
  for (const step of stepsOf(workflow)) {
    if (step.channel !== null) channel(step.channel, workflow.channels, at(step, 'channel'));
  }
  for (const item of workflow.calendar?.items ?? [])
    channel(item.channel, workflow.channels, at(item, 'channel'));
  for (const action of workflow.triggers.flatMap((trigger) => trigger.actions)) {
    for (const [key, name] of channelsIn(action)) channel(name, workflow.channels, at(action, key));
  }
}

const channelsIn = (action: TriggerAction): [key: string, name: string][] =>
  ['from', 'to', 'channel'].flatMap((key): [string, string][] => {
    const name = action.arguments[key];
    return typeof name === 'string' ? [[key, name]] : [];
  });

function checkRest({ workflow, vocabulary, at, report }: CheckContext): void {
  const { signals } = vocabulary;
  for (const trigger of workflow.triggers) {
    if (signals && !signals.has(trigger.signal)) {
      report.unknown('signal', 'E_UNKNOWN_SIGNAL', trigger.signal, signals, { path: at(trigger, 'signal') });
    }
  }
  const milestones = workflow.milestones.map((each) => each.key);
  for (const milestone of workflow.milestones) {
    milestone.notBefore.forEach((name, position) => {
      if (milestones.includes(name)) return;
      const path = at(milestone, 'notBefore', position);
      report.unknown('milestone', 'E_UNKNOWN_MILESTONE', name, milestones, { path });
    });
  }
  const items = (workflow.calendar?.items ?? []).map((item) => item.key);
  for (const item of workflow.calendar?.items ?? []) {
    item.links.forEach((name, position) => {
      const path = at(item, 'links', position);
      if (!items.includes(name)) report.unknown('calendar item', 'E_UNKNOWN_ITEM', name, items, { path });
    });
  }
}

/** What a rule blocks is an action that can happen. */
function checkActions({ workflow, at, report }: CheckContext): void {
  const actions = [
    ...launchedChannels(workflow).map((channel) => `launch:${channel}`),
    ...stepsOf(workflow).flatMap((step) => [`start:${step.key}`, `complete:${step.key}`]),
  ];
  for (const rule of workflow.rules) {
    if (actions.includes(rule.block)) continue;
    report.unknown('action', 'E_UNKNOWN_ACTION', rule.block, actions, { path: at(rule, 'block') });
  }
}

const launchedChannels = (workflow: Workflow): string[] => [
  ...new Set([
    ...workflow.channels,
    ...stepsOf(workflow).flatMap((step) =>
      step.kind === 'launch' && step.channel !== null ? [step.channel] : [],
    ),
  ]),
];

/** Names in expressions: of steps, gates and the like, and words that a variable is compared with. */
export function checkExpressionNames(context: CheckContext): void {
  const { workflow, at, report } = context;
  const steps = stepsOf(workflow);
  const names = {
    approved: steps.flatMap((step) => step.approves),
    done: steps.map((step) => step.key),
    passed: gatesOf(workflow).map((gate) => gate.key),
    accepted: workflow.handoffs.map((handoff) => handoff.key),
    launched: launchedChannels(workflow),
  };
  for (const { scope, text, node, key } of expressionsOf(workflow)) {
    const { calls, comparisons } = readExpression(scope, text);
    for (const { name, argument, range } of calls) {
      const known = new Set(names[name]);
      if (known.has(argument)) continue;
      report.unknown(`name in ${name}()`, 'E_UNKNOWN_NAME', argument, known, { path: at(node, key), range });
    }
    for (const comparison of comparisons) checkWord(comparison, at(node, key), context);
  }
}

function checkWord({ subject, value, range }: Comparison, path: Path, context: CheckContext): void {
  const known = wordsOf(subject, context);
  if (!known || known.includes(value)) return;
  context.report.unknown(`value of ${subject}`, 'E_UNKNOWN_WORD', value, known, { path, range });
}

/** The values that a variable can have, where they are known. */
function wordsOf(subject: string, { workflow, vocabulary }: CheckContext): readonly string[] | null {
  switch (subject) {
    case 'campaign.risk':
      return ['low', 'medium', 'high'];
    case 'campaign.channels':
      return workflow.channels.length > 0 ? workflow.channels : null;
    case 'campaign.type':
      return workflow.campaignTypes.length > 0 ? workflow.campaignTypes : null;
    case 'brief.segments':
      return vocabulary.segments && [...vocabulary.segments];
    case 'brief.offerCode':
      return vocabulary.offers && [...vocabulary.offers];
    default:
      return null;
  }
}
