import { DEFAULT_START } from '../../src/domain/forecast/forecast.js';
import { Pool } from '../../src/domain/forecast/resources.js';
import { lowerBoundOf } from '../../src/domain/schedule/bound.js';
import { checkSchedule } from '../../src/domain/schedule/check.js';
import { projectOf, type Undertaking } from '../../src/domain/schedule/project.js';
import { schedule } from '../../src/domain/schedule/schedule.js';
import { search } from '../../src/domain/schedule/search.js';
import { compileWorkflow } from '../../src/domain/workflow/compile.js';
import type { Team } from '../../src/domain/workflow/document.js';
import { type Activity, definitionsOf, linear, network, step, team } from '../support/definitions.js';
import { Chance, randomWorkflow, ROLES } from '../support/random-workflow.js';

const OPTIONS = { start: DEFAULT_START, continuous: true, tries: 1000, seed: 1 };

const undertaking = (text: string, key = 'flow'): Undertaking => ({
  ...{ key, compiled: compileWorkflow(definitionsOf(text).workflow), releaseHours: 0, steps: new Map() },
});
const scheduleOf = (text: string, options = {}) =>
  schedule([undertaking(text)], { ...OPTIONS, teams: definitionsOf(text).teams, ...options });

/** A small project of whole hours with two limited roles. */
interface Instance {
  readonly hours: readonly number[];
  readonly needs: readonly (readonly number[])[];
  readonly units: readonly (readonly [number, number])[];
  readonly capacity: readonly [number, number];
}
function randomInstance(seed: number, size: number): Instance {
  const chance = new Chance(seed);
  const capacity = [1 + chance.below(3), 1 + chance.below(3)] as const;
  const all = Array.from({ length: size }, (_, at) => at);
  return {
    capacity,
    hours: all.map(() => 1 + chance.below(6)),
    needs: all.map((at) => all.slice(0, at).filter(() => chance.is(0.3))),
    units: all.map(() => [chance.below(capacity[0] + 1), chance.below(capacity[1] + 1)] as const),
  };
}
function textOf({ hours, needs, units, capacity }: Instance): string {
  const activities = hours.map((own, at): Activity => {
    const staffing = ['x', 'y'].flatMap((role, place) => {
      const count = units[at]?.[place] ?? 0;
      return count > 0 ? [`${role}: ${count}`] : [];
    });
    return [
      ...([`a${at}`, `PT${own}H`, (needs[at] ?? []).map((each) => `a${each}`)] as const),
      staffing.length > 0 ? `staffing: { ${staffing.join(', ')} }` : '',
    ];
  });
  return (
    network(...activities) +
    team('{ id: ops }', `{ id: x, capacity: ${capacity[0]} }`, `{ id: y, capacity: ${capacity[1]} }`)
  );
}

/** The shortest there is, by trying every order: serial generation in some order gives an optimum (Sprecher et al. 1995). */
function optimum({ hours, needs, units, capacity }: Instance): number {
  let best = Infinity;
  const ends = new Map<number, number>();
  const place = (): void => {
    if (ends.size === hours.length) best = Math.min(best, Math.max(...ends.values()));
    hours.forEach((own, at) => {
      const awaited = (needs[at] ?? []).map((each) => ends.get(each));
      if (ends.has(at) || awaited.includes(undefined)) return;
      let begin = Math.max(0, ...awaited.map((each) => each ?? 0));
      const isFree = (moment: number) =>
        [0, 1].every((role) => {
          const used = [...ends].filter(
            ([other, end]) => end > moment && end - (hours[other] ?? 0) <= moment,
          );
          const total = used.reduce(
            (sum, [other]) => sum + (units[other]?.[role] ?? 0),
            units[at]?.[role] ?? 0,
          );
          return total <= (capacity[role] ?? 0);
        });
      while (!Array.from({ length: own }, (_, hour) => begin + hour).every(isFree)) begin++;
      ends.set(at, begin + own);
      place();
      ends.delete(at);
    });
  };
  place();
  return best;
}

describe('a schedule', () => {
  it('is the shortest there is for small projects, never shorter, and never below its bound', () => {
    for (let seed = 0; seed < 120; seed++) {
      const instance = randomInstance(seed, 5 + (seed % 2));
      const { makespanHours, lowerBoundHours, criticalPathHours } = scheduleOf(textOf(instance));
      expect([seed, makespanHours]).toEqual([seed, optimum(instance)]);
      expect(lowerBoundHours).toBeLessThanOrEqual(makespanHours);
      expect(criticalPathHours).toBeLessThanOrEqual(lowerBoundHours);
    }
  });

  it('takes as long as the critical path when nobody is scarce', () => {
    for (let seed = 0; seed < 60; seed++) {
      const compiled = compileWorkflow(randomWorkflow(seed));
      const found = schedule([{ key: 'one', compiled, releaseHours: 0, steps: new Map() }], {
        ...OPTIONS,
        teams: [],
      });
      expect(found.makespanHours).toBe(found.criticalPathHours);
      expect(found.isOptimal).toBe(true);
    }
  });

  it('keeps to people, order and working hours, whatever the workflows', () => {
    let scheduled = 0;
    for (let seed = 0; seed < 40; seed++) {
      const roles = ROLES.map((key, at) => ({
        ...{ key, name: key, people: [], delegates: [], capacity: 1 + ((seed + at) % 3) },
        ...{
          timezone: 'Europe/Berlin',
          workingDays: [],
          workingHours: at === 0 ? null : '09:00-17:00',
          holidays: [],
        },
      }));
      const teams: Team[] = [{ key: 'all', name: 'All', roles }];
      const two = [randomWorkflow(seed), randomWorkflow(seed + 1000)].map((workflow, at) => ({
        ...{
          key: `flow-${at}`,
          compiled: compileWorkflow(workflow),
          releaseHours: at * 24,
          steps: new Map(),
        },
      }));
      try {
        const found = schedule(two, { ...OPTIONS, tries: 30, continuous: seed % 2 === 0, teams });
        expect(found.makespanHours).toBeGreaterThanOrEqual(found.lowerBoundHours);
        scheduled++;
      } catch (error) {
        expect((error as Error).name).toBe('CannotCalculate');
      }
    }
    expect(scheduled).toBeGreaterThan(20);
  });

  it('is the same for the same seed', () => {
    const text = textOf(randomInstance(7, 12));
    expect(scheduleOf(text, { tries: 50 })).toEqual(scheduleOf(text, { tries: 50 }));
  });

  it('shares people between workflows, and begins what is released later no earlier', () => {
    const text = linear(step('only', 'P1D')) + team('{ id: ops, capacity: 1 }');
    const { teams } = definitionsOf(text);
    const two = [undertaking(text, 'one'), { ...undertaking(text, 'two'), releaseHours: 6 }];
    const found = schedule(two, { ...OPTIONS, teams });
    expect(found.steps.map(({ workflow, startHours }) => [workflow, startHours])).toEqual([
      ['one', 0],
      ['two', 24],
    ]);
    expect(found.roles).toEqual([{ role: 'ops', utilisation: 1 }]);
  });

  it('goes on from what has happened: work that has begun keeps its people', () => {
    const text = network(['one', 'P2D', []], ['two', 'P1D', []]) + team('{ id: ops, capacity: 1 }');
    const begun = { status: 'begun', round: 0, beganHours: 0, endedHours: null } as const;
    const running = { ...undertaking(text), steps: new Map([['two', begun]]) };
    const found = schedule([running], { ...OPTIONS, teams: definitionsOf(text).teams, nowHours: 12 });
    expect(found.steps.map((each) => [each.step, each.startHours, each.finishHours])).toEqual([
      ['two', 0, 24],
      ['one', 24, 72],
    ]);
  });

  it('does not hold people overnight for work that begins in the morning', () => {
    const text =
      network(['one', 'PT10H', []], ['two', 'PT2H', ['one']]) +
      team('{ id: ops, capacity: 1, timezone: UTC, workingHours: "09:00-17:00" }');
    const { steps } = scheduleOf(text, { continuous: false });
    // Eight hours today and two tomorrow; then two more.
    expect(steps.map(({ startHours, finishHours }) => [startHours, finishHours])).toEqual([
      [0, 26],
      [26, 28],
    ]);
  });

  it('is refused when a step needs more people than there are', () => {
    const text =
      linear(step('booth', 'P1D', 'staffing: { x: 3 }')) + team('{ id: ops }', '{ id: x, capacity: 2 }');
    expect(() => scheduleOf(text)).toThrow("step 'booth' needs 3 of 'x', and the team has 2");
  });
});

describe('the check of a schedule', () => {
  const text = textOf({
    hours: [4, 4, 2],
    needs: [[], [], [0]],
    units: [
      [1, 0],
      [1, 0],
      [0, 1],
    ],
    capacity: [1, 1],
  });
  const project = projectOf([undertaking(text)], new Pool({ ...OPTIONS, teams: definitionsOf(text).teams }));
  const found = search(project, { tries: 10, seed: 1, lowerBound: lowerBoundOf(project) });
  const at = (key: string) =>
    project.layout.model.network.vertices.findIndex((vertex) => vertex.step?.key === key);
  const moved = (key: string, begin: number, hours: number) => {
    const copy = { begin: found.begin.slice(), end: found.end.slice() };
    copy.begin[at(key)] = begin;
    copy.end[at(key)] = begin + hours;
    return checkSchedule(project, copy);
  };

  it('finds nothing wrong with what was found', () => {
    expect(checkSchedule(project, found)).toEqual([]);
  });

  it('finds people at two things at once, a step before what it needs, and work that is cut short', () => {
    const first = found.begin[at('a0')] ?? 0;
    expect(moved('a1', first + 1, 4).join()).toContain('2 of x are at work');
    expect(moved('a2', first, 2).join()).toContain('a2 does not wait for a0');
    expect(moved('a2', first + 20, 1).join()).toContain('a2 ends before its work is done');
  });
});
