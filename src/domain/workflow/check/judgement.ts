import { complexityOf } from '../../learning/complexity.js';
import { LEVELS } from '../../learning/recommend.js';
import { isMetric, MEASURED_METRICS, METRICS } from '../../metrics/catalogue.js';
import { nearest } from '../../suggestion.js';
import { isHole } from '../hole.js';
import { hoursOf } from '../../duration.js';
import { timesPerWeek } from '../recurrence.js';
import { gatesOf, lanesOf, stepsOf } from '../steps.js';
import { limitOf, type CheckContext } from './context.js';

/** What a definition that works could still be criticised for; a Policy sets the limits. */
export function checkJudgement(context: CheckContext): void {
  checkApprovals(context);
  checkStreams(context);
  checkMeasures(context);
  checkPilot(context);
  checkMetrics(context);
  checkStaffing(context);
  checkMeetings(context);
  checkComplexity(context);
  checkCalendar(context);
}

/** Too many approvals for what can go wrong (R96), and approvals that approve nothing or one's own work (R41). */
function checkApprovals(context: CheckContext): void {
  const { workflow, vocabulary, at, report } = context;
  const steps = stepsOf(workflow);
  const approvals = steps.filter((step) => step.kind === 'approval');
  const risks = workflow.channels.map((channel) => vocabulary.channels?.get(channel) ?? 'medium');
  const isHarmless = risks.length > 0 && risks.every((risk) => risk === 'low') && !workflow.regulated;
  const limit = limitOf(context, 'E_OVERENGINEERED', 'approvals');
  const first = approvals[limit];
  if (isHarmless && first) {
    const message = `${approvals.length} approvals for channels of low risk; ${limit} are enough`;
    report.add('E_OVERENGINEERED', message, at(first, 'id'), {
      hint: `keep those that ever changed something; the first ${limit} are ${approvals
        .slice(0, limit)
        .map((step) => step.key)
        .join(', ')}`,
    });
  }
  for (const step of steps) {
    if (step.approves.length > 0 && step.kind !== 'approval' && step.kind !== 'review') {
      const message = `step '${step.key}' approves ${step.approves.join(', ')}, but is a ${step.kind}, which nobody approves`;
      report.add('W_APPROVAL_KIND', message, at(step, 'approves'), { hint: "add 'kind: approval'" });
    }
    for (const artefact of step.kind === 'approval' ? step.approves : []) {
      const makers = steps.filter((each) => each.produces.includes(artefact));
      const own = step.responsible.every((role) => makers.some((maker) => maker.responsible.includes(role)));
      if (makers.length === 0 || !own) continue;
      const message = `'${step.responsible.join(', ')}' approves '${artefact}', which the same role makes`;
      report.add('W_SELF_APPROVAL', message, at(step, 'responsible'), {
        hint: 'let another role approve it',
      });
    }
  }
}

/** Streams that nothing ties together (R116). */
function checkStreams({ workflow, policy, at, report }: CheckContext): void {
  // Where streams must be brought together, that they are not is said already.
  if (policy.findings['E_PARALLEL_NO_MERGE']?.severity !== 'off') return;
  if (report.isDamaged('gates', 'needs')) return;
  for (const section of workflow.sections) {
    const lanes = lanesOf(section);
    if (section.model !== 'parallel' || lanes.length < 2 || section.gates.length > 0) continue;
    const laneOf = new Map(
      lanes.flatMap((lane) =>
        stepsOf({ ...workflow, sections: [{ ...section, lanes: [lane] }] }).map((step) => [
          step.key,
          lane.key,
        ]),
      ),
    );
    const tied = new Set(
      stepsOf({ ...workflow, sections: [section] }).flatMap((step) =>
        step.needs.flatMap((need) => {
          const [from, to] = [laneOf.get(need), laneOf.get(step.key)];
          return from !== undefined && to !== undefined && from !== to ? [from, to] : [];
        }),
      ),
    );
    const isolated = lanes.filter((lane) => !tied.has(lane.key)).map((lane) => lane.key);
    if (isolated.length < 2) continue;
    const message = `${isolated.length} streams run in isolation: ${isolated.join(', ')}`;
    report.add('W_ISOLATED_STREAMS', message, at(section, 'lanes'), {
      target: 'key',
      hint: 'add a gate that compares them',
    });
  }
}

/** A pilot is for campaigns that are named (R99). */
function checkPilot({ workflow, at, report }: CheckContext): void {
  if (
    workflow.status === 'pilot' &&
    workflow.pilotCampaigns.length === 0 &&
    !report.isDamaged('pilotCampaigns')
  )
    report.add(
      'W_PILOT_UNNAMED',
      'a pilot that names no campaign can be tried by none',
      at(workflow, 'status'),
      {
        hint: "add 'pilotCampaigns' with the key of a campaign",
      },
    );
}

/** How anybody would know whether it works. */
function checkMeasures({ workflow, at, report }: CheckContext): void {
  const isMeasured = workflow.kpis.length > 0 || gatesOf(workflow).some((gate) => gate.checks.length > 0);
  if (!isMeasured && !report.isDamaged('kpis', 'checks', 'gates')) {
    report.add('W_NO_METRIC', 'nothing is measured: no KPI, and no check at a gate', at(workflow, 'id'), {
      hint: "add 'kpis', for example [time-to-launch]",
    });
  }
}

/** Names that are not in the catalogue of metrics. */
function checkMetrics({ workflow, at, report }: CheckContext): void {
  const unknown = (name: string, known: readonly string[], path: ReturnType<typeof at>) => {
    const guess = nearest(name, known);
    const hint = guess === null ? `the metrics are ${known.join(', ')}` : `did you mean '${guess}'?`;
    report.add('W_UNKNOWN_METRIC', `nobody measures '${name}'`, path, { hint });
  };
  workflow.kpis.forEach((name, position) => {
    if (!isMetric(name) && !isHole(name)) unknown(name, Object.keys(METRICS), at(workflow, 'kpis', position));
  });
  for (const check of gatesOf(workflow).flatMap(({ checks }) => checks)) {
    const isMeasured = (MEASURED_METRICS as readonly string[]).includes(check.metric);
    if (!isMeasured && !isHole(check.metric)) unknown(check.metric, MEASURED_METRICS, at(check, 'metric'));
  }
}

/** A step that needs more people than there are would wait for ever. */
function checkStaffing({ workflow, vocabulary, at, report }: CheckContext): void {
  for (const step of stepsOf(workflow)) {
    for (const [role, units] of Object.entries(step.staffing)) {
      const capacity = vocabulary.capacities.get(role);
      if (capacity === undefined || units <= capacity) continue;
      const message = `step '${step.key}' needs ${units} of '${role}', and the team has ${capacity}`;
      report.add('W_TOO_FEW_PEOPLE', message, at(step, 'staffing', role), {
        hint: `ask for ${capacity} or fewer, or raise the role's capacity`,
      });
    }
  }
}

/** Hours of meetings per week that one role has in this workflow (R20). */
function checkMeetings(context: CheckContext): void {
  const { workflow, at, report } = context;
  const limit = limitOf(context, 'W_OVER_MEETING', 'hoursPerWeek');
  const hours = new Map<string, number>();
  for (const meeting of workflow.cadence) {
    const perWeek = timesPerWeek(meeting.rrule);
    if (perWeek === null) {
      report.add('E_RECURRENCE', `not a recurrence rule such as FREQ=WEEKLY;BYDAY=MO`, at(meeting, 'rrule'), {
        hint: 'RFC 5545 describes them; FREQ is DAILY, WEEKLY, MONTHLY or YEARLY',
      });
      continue;
    }
    if (isHole(meeting.duration)) continue;
    for (const role of meeting.attendees) {
      hours.set(role, (hours.get(role) ?? 0) + perWeek * hoursOf(meeting.duration));
    }
  }
  const [worst] = [...hours].sort(([, a], [, b]) => b - a);
  const [first] = workflow.cadence;
  if (!worst || !first || worst[1] <= limit) return;
  const message = `'${worst[0]}' sits ${worst[1].toFixed(1)} hours a week in meetings of this workflow; ${limit} is the limit`;
  report.add('W_OVER_MEETING', message, at(first, 'attendees'), {
    hint: 'meet less often, shorter, or with fewer roles',
  });
}

/** What a definition says of its own complexity, against what it is (R28). */
function checkComplexity(context: CheckContext): void {
  const { workflow, at, report } = context;
  const declared = workflow.decision?.inputs['complexity'];
  if (declared === undefined) return;
  const limit = (name: string) => limitOf(context, 'W_COMPLEXITY_MISMATCH', name);
  const { band, channels, roles } = complexityOf(workflow, {
    channelsMedium: limit('channelsMedium'),
    channelsHigh: limit('channelsHigh'),
    rolesMedium: limit('rolesMedium'),
    rolesHigh: limit('rolesHigh'),
  });
  const [said, found] = [LEVELS.findIndex((each) => each === declared), LEVELS.indexOf(band)];
  // A band beside the computed one is a matter of opinion.
  if (said < 0 || Math.abs(said - found) < 2) return;
  const message = `complexity is said to be ${declared}, but ${channels} channels and ${roles} roles make it ${band}`;
  report.add('W_COMPLEXITY_MISMATCH', message, at(workflow, 'decision', 'inputs', 'complexity'));
}

/** Items of one theme that lead to each other (R21). */
function checkCalendar({ workflow, at, report }: CheckContext): void {
  const { calendar } = workflow;
  if (!calendar) return;
  for (const item of calendar.items) {
    if (item.theme !== calendar.theme) {
      const message = `'${item.key}' is about '${item.theme}', the calendar about '${calendar.theme}'`;
      report.add('W_CALENDAR_THEME', message, at(item, 'theme'));
    }
    const links = calendar.items.filter((other) => other !== item && other.links.includes(item.key)).length;
    if (links >= calendar.minLinks || calendar.items.length < 2) continue;
    const message = `${links === 0 ? 'nothing links' : `only ${links} items link`} to '${item.key}'; ${calendar.minLinks} needed`;
    report.add('W_CALENDAR_ORPHAN', message, at(item, 'id'), {
      hint: "name it in the 'links' of another item",
    });
  }
}
