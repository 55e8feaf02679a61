import { parse } from 'yaml';
import { lastTwoQuarters } from '../../src/example/calendar.js';
import { exampleCampaigns } from '../../src/example/campaigns.js';
import { exampleReviews } from '../../src/example/reviews.js';
import { type ExampleCommit, exampleCommits, openCommits, shippedFiles } from '../../src/example/history.js';
import { type ParseCache, readDefinitions } from '../../src/gitops/document/read.js';

const TODAY = new Date('2026-11-23T15:40:00Z');
/** Days on which a plan by calendar goes wrong first: quarter ends, weekends, a leap day. */
const DAYS = [
  '2026-11-23',
  '2026-10-01',
  '2026-12-31',
  '2027-01-01',
  '2027-02-28',
  '2028-02-29',
  '2028-07-02',
].map((day) => new Date(`${day}T23:59:00Z`));
const HOUR = 3_600_000;

interface Written {
  readonly kind: string;
  readonly id: string;
  readonly channels?: readonly string[];
}
/** Most files are the same from commit to commit, so each text is parsed once. */
const parsed = new Map<string, Written>();
function parseOnce(text: string): Written {
  const document = parsed.get(text) ?? (parse(text) as Written);
  parsed.set(text, document);
  return document;
}
const documentsOf = (commit: ExampleCommit): Written[] => [...commit.files.values()].map(parseOnce);
const asSources = (files: ReadonlyMap<string, string>) =>
  [...files].map(([name, text]) => ({ path: `workflows/${name}`, text }));
const onMain = (commits: readonly ExampleCommit[]) => commits.filter((commit) => commit.branch === null);
const subject = (commit: ExampleCommit): string => commit.message.split('\n')[0] ?? '';

describe('the history of the example', () => {
  const commits = exampleCommits(TODAY);
  const at = (key: string): ExampleCommit => {
    const commit = commits.find((each) => each.key === key);
    if (!commit) throw new Error(`no commit ${key}`);
    return commit;
  };
  const before = (key: string): ExampleCommit => at(at(key).parents[0] ?? '');

  it('ends at the shipped files', () => {
    expect(commits.at(-1)?.files).toEqual(shippedFiles());
  });

  it('has enough commits, in the order of their dates, all within the last two full quarters', () => {
    for (const today of DAYS) {
      const dated = exampleCommits(today);
      const [first, second] = lastTwoQuarters(today);
      const times = dated.map((commit) => commit.at.getTime());
      expect(dated.length).toBeGreaterThanOrEqual(25);
      expect(times).toEqual([...times].sort((a, b) => a - b));
      expect(times[0]).toBeGreaterThanOrEqual(first.start.getTime());
      expect(times.at(-1)).toBeLessThan(second.end.getTime());
      expect(second.end.getTime()).toBeLessThanOrEqual(today.getTime());
      expect(dated[0]?.at.getUTCDate()).toBeLessThanOrEqual(5);
    }
  });

  it('is committed by teams at example.com, with a subject that fits one line and says why below', () => {
    for (const commit of [...commits, ...openCommits(TODAY)]) {
      expect(commit.author.email).toMatch(/@example\.com$/);
      expect(subject(commit).length).toBeLessThanOrEqual(72);
      expect(commit.message.split('\n')[2]).toBeTruthy();
    }
  });

  it('holds merges of pull requests whose branch is the second parent', () => {
    const merges = commits.filter((commit) => commit.parents.length === 2);
    expect(merges.map((merge) => subject(merge).slice(0, 23))).toEqual([
      'Merge pull request #3 f',
      'Merge pull request #9 f',
      'Merge pull request #14 ',
    ]);
    for (const merge of merges) {
      expect(at(merge.parents[0] ?? '').branch).toBeNull();
      expect(at(merge.parents[1] ?? '').branch).not.toBeNull();
    }
  });

  it('keeps what main did while a branch was open', () => {
    expect(at('merge-9').files.get('b2b-launch.yaml')).toContain('feature-freeze');
    expect(at('escalation').files.get('b2b-launch.yaml')).not.toContain('feature-freeze');
    expect(at('merge-9').files.get('regulated-promotion.yaml')).toContain('allOf');
  });

  it('renames a file without a change of its text', () => {
    expect(at('rename').files.get('quarterly-b2b-launch.yaml')).toBe(
      before('rename').files.get('b2b-launch.yaml'),
    );
    expect(at('rename').files.has('b2b-launch.yaml')).toBe(false);
  });

  it('retires a workflow by removing its file', () => {
    expect(before('retire-newsletter').files.has('newsletter.yaml')).toBe(true);
    expect(at('retire-newsletter').files.has('newsletter.yaml')).toBe(false);
  });

  it('reverts a commit to the text that stood before it', () => {
    const file = 'product-launch.yaml';
    expect(at('lower-threshold').files.get(file)).not.toBe(before('lower-threshold').files.get(file));
    expect(at('revert-threshold').files.get(file)).toBe(before('lower-threshold').files.get(file));
    expect(subject(at('revert-threshold'))).toBe(`Revert "${subject(at('lower-threshold'))}"`);
  });

  it('is valid at every commit but one, which names an unknown role and is mended on the next working day', () => {
    const cache: ParseCache = new Map();
    const errors = commits.flatMap((commit) =>
      readDefinitions(asSources(commit.files), '2026-11-23', cache)
        .problems.filter((problem) => problem.severity === 'error')
        .map((problem) => `${commit.key}: ${problem.code} ${problem.file}`),
    );
    expect(errors).toEqual(['unknown-role: E_UNKNOWN_ROLE workflows/social-post.yaml']);
    expect(at('role-fixed').parents).toEqual(['unknown-role']);
    expect(at('role-fixed').at.getTime() - at('unknown-role').at.getTime()).toBeLessThan(24 * HOUR);
  });

  it('ends without a single finding', () => {
    expect(readDefinitions(asSources(shippedFiles()), '2026-11-23').problems).toEqual([]);
  });

  it('leaves a branch open that could be merged without a finding, made after all else and before today', () => {
    for (const today of DAYS) {
      const last = exampleCommits(today).at(-1);
      const open = openCommits(today);
      expect(open[0]?.parents).toEqual([last?.key]);
      const times = [last, ...open].map((commit) => commit?.at.getTime() ?? 0);
      expect(times).toEqual([...times].sort((a, b) => a - b));
      expect(times.at(-1)).toBeLessThan(today.getTime());
    }
    const files = openCommits(TODAY).at(-1)?.files ?? new Map<string, string>();
    expect(readDefinitions(asSources(files), '2026-11-23').problems).toEqual([]);
    const changed = [...files].filter(([name, text]) => shippedFiles().get(name) !== text);
    expect(changed.map(([name]) => name)).toEqual(['product-launch.yaml', 'quarterly-b2b-launch.yaml']);
  });
});

describe('the campaigns of the example', () => {
  /** The last commit of main before a moment. */
  const servedAt = (commits: readonly ExampleCommit[], moment: Date) =>
    onMain(commits).findLast((commit) => commit.at <= moment);

  it.each(DAYS)('start on a workflow that is there, with words it knows (%s)', (today) => {
    const commits = exampleCommits(today);
    for (const campaign of exampleCampaigns(today)) {
      const served = servedAt(commits, campaign.startsAt);
      const source = [...(served?.files.values() ?? [])].find((each) => {
        const { kind, id } = parseOnce(each);
        return kind === 'Workflow' && id === campaign.workflow;
      });
      const workflow = source === undefined ? undefined : parseOnce(source);
      expect({ key: campaign.key, channels: workflow?.channels }).toEqual({
        key: campaign.key,
        channels: campaign.channels,
      });
      const text = served?.files.get('taxonomy.yaml') ?? '';
      const words = [
        campaign.brief['offerCode'],
        ...(campaign.brief['segments'] as string[]),
        campaign.brief['tone'],
      ];
      for (const word of words) expect(text).toMatch(new RegExp(`\\b${String(word)}\\b`));
      for (const step of campaign.rejections) expect(source).toContain(`id: ${step}\n`);
    }
  });

  it.each(DAYS)('are over before today or have their launch ahead (%s)', (today) => {
    const [first, second] = lastTwoQuarters(today);
    const midnight = today.getTime() - (today.getTime() % (24 * HOUR));
    const campaigns = exampleCampaigns(today);
    const running = campaigns.filter((campaign) => campaign.stopAfter !== null);
    expect(campaigns.length).toBeGreaterThanOrEqual(24);
    expect(running.length).toBeGreaterThanOrEqual(4);
    expect(running.length).toBeLessThanOrEqual(6);
    for (const { startsAt, stopAfter, plannedLaunchAt } of running) {
      expect(startsAt.getTime()).toBeGreaterThan(midnight - 21 * 24 * HOUR);
      expect(startsAt.getTime() + (stopAfter ?? 0) * HOUR).toBeLessThanOrEqual(midnight);
      expect(stopAfter).toBeGreaterThan(0);
      expect(plannedLaunchAt.getTime()).toBeGreaterThan(midnight + 24 * HOUR);
    }
    for (const { startsAt, plannedLaunchAt, stopAfter } of campaigns) {
      if (stopAfter !== null) continue;
      expect(startsAt.getTime()).toBeGreaterThanOrEqual(first.start.getTime());
      expect(plannedLaunchAt.getTime()).toBeLessThan(second.end.getTime());
    }
  });

  it('run on every workflow there ever was, three before and three after each improvement', () => {
    const commits = exampleCommits(TODAY);
    const workflows = commits.flatMap(documentsOf).filter((each) => each.kind === 'Workflow');
    const campaigns = exampleCampaigns(TODAY);
    expect(new Set(campaigns.map((each) => each.workflow))).toEqual(
      new Set(workflows.map((each) => each.id)),
    );
    const improvements = {
      'regulated-promotion': ['merge-9', 'merge-9'],
      'quarterly-b2b-launch': ['freeze-milestone', 'shorter-sales-kit'],
    };
    for (const [workflow, [from, to]] of Object.entries(improvements)) {
      const ended = campaigns.filter((each) => each.workflow === workflow && each.stopAfter === null);
      const when = (key: string | undefined) => commits.find((each) => each.key === key)?.at ?? TODAY;
      expect(ended.filter((each) => each.startsAt < when(from)).length).toBeGreaterThanOrEqual(3);
      expect(ended.filter((each) => each.startsAt > when(to)).length).toBeGreaterThanOrEqual(3);
    }
  });

  it('are the same on the same day, and have keys and seeds of their own', () => {
    const campaigns = exampleCampaigns(TODAY);
    expect(exampleCampaigns(new Date('2026-11-23T00:00:00Z'))).toEqual(campaigns);
    expect(new Set(campaigns.map((each) => each.key)).size).toBe(campaigns.length);
    expect(new Set(campaigns.map((each) => each.seed)).size).toBe(campaigns.length);
  });
});

describe('the reviews of the example', () => {
  it.each(DAYS)(
    'are completed after their quarters, before today, and judge what was decided (%s)',
    (today) => {
      const [first, second] = lastTwoQuarters(today);
      const [one, two] = exampleReviews(today);
      expect(one?.at.getTime()).toBeGreaterThan(first.end.getTime());
      expect(one?.at.getTime()).toBeLessThan(second.end.getTime());
      expect(one?.decisions.length).toBeGreaterThan(1);
      for (const { dueOn } of one?.decisions ?? []) expect(new Date(dueOn) > first.end).toBe(true);
      if (!two) {
        // The first days of a quarter: it is still due.
        expect(today.getTime() - second.end.getTime()).toBeLessThan(6 * 24 * HOUR);
        return;
      }
      expect(two.at.getTime()).toBeGreaterThan(second.end.getTime());
      expect(two.at.getTime()).toBeLessThan(today.getTime());
      expect(two.outcomes.map(({ quarter, decision }) => [quarter, decision])).toEqual(
        one?.decisions.map((_, at) => [one.quarter, at + 1]),
      );
    },
  );
});
