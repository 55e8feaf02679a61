import fc from 'fast-check';
import { JSDOM } from 'jsdom';
import { micromark } from 'micromark';
import { gfm, gfmHtml } from 'micromark-extension-gfm';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { approvalState, itemsOf } from '../../src/application/approvals.js';
import { code, codeInCell, plain } from '../../src/application/markdown.js';
import type { Plan, WorkflowPlan } from '../../src/application/plan.js';
import { renderComment } from '../../src/application/render-comment.js';
import { renderPlan } from '../../src/application/render-plan.js';
import { planOf, withCampaigns } from '../support/plan.js';

const html = (markdown: string): string =>
  micromark(markdown, { extensions: [gfm()], htmlExtensions: [gfmHtml()], allowDangerousHtml: true });
const dom = (markdown: string) => JSDOM.fragment(`<div>${html(markdown)}</div>`);
const golden = async (name: string) => readFile(`tests/fixtures/plan/${name}`, 'utf8');
const withoutShas = (text: string) => text.replaceAll(/\b[0-9a-f]{7}\b/g, 'sha');

const TEAM = `apiVersion: weir/v1
kind: Team
id: team
roles: [{ id: ops }, { id: brand }, { id: legal }, { id: writer, capacity: 2 }]
`;
const WORKFLOW = `apiVersion: weir/v1
kind: Workflow
id: newsletter
name: Newsletter
steward: ops
pattern: sequential
sections:
  - id: main
    model: linear
    steps:
      - { id: brief, kind: brief, responsible: ops, accountable: ops, effort: P1D }
      - { id: copy, responsible: writer, accountable: brand, effort: P2D }
      - { id: approval, kind: approval, responsible: brand, accountable: brand, effort: P1D }
      - { id: send, kind: launch, channel: email, responsible: ops, accountable: ops, effort: PT2H }
      - { id: review, kind: retrospective, responsible: ops, accountable: ops, effort: P1D }
channels: [email]
kpis: [time-to-launch]
`;
const CHANGED = WORKFLOW.replace('accountable: brand, effort: P2D', 'accountable: ops, effort: P3D').replace(
  'kind: approval, responsible: brand',
  'kind: approval, responsible: legal',
);

let directory: string;
let plan: Plan;
beforeAll(async () => {
  directory = await mkdtemp(path.join(os.tmpdir(), 'weir-plan-'));
  const before = { 'workflows/newsletter.yaml': WORKFLOW, 'workflows/team.yaml': TEAM };
  const after = {
    'workflows/newsletter.yaml': CHANGED,
    'workflows/team.yaml': TEAM.replace('capacity: 2', 'capacity: 1'),
    'workflows/note.yaml': WORKFLOW.replaceAll('newsletter', 'note').replace('Newsletter', 'Note'),
  };
  const offline = await planOf(path.join(directory, 'repository'), before, after);
  const running = (count: number, effect: 'unaffected' | 'movable') =>
    Array.from({ length: count }, (_, at) => ({
      campaign: `${effect}-${at + 1}`,
      effect,
      detail: `it is ${effect}`,
    }));
  const stuck = ['spring', 'summer'].map((campaign) => ({
    ...{ campaign, effect: 'stuck' as const },
    detail: "'send' would wait for ever for 'approval'",
    trace: ["'brief' is done", "'approval' was given by brand", "'send' waits for legal"],
  }));
  plan = withCampaigns(offline, 'newsletter', {
    impact: [...running(30, 'unaffected'), ...running(9, 'movable'), ...stuck],
    past: [
      {
        ...{ campaign: 'winter', detail: "'approval' was approved as brand; it would have taken legal" },
        ...{ gates: [], approvers: [], dates: [] },
      },
    ],
  });
});
afterAll(() => rm(directory, { recursive: true, force: true }));

const approval = (reviewer: string, hashes: readonly string[]) => ({ reviewer, items: new Set(hashes) });

describe('the comment on a pull request', () => {
  it('reads as it should', async () => {
    const hashes = itemsOf(plan).map(({ hash }) => hash);
    const approvals = approvalState(
      plan,
      [approval('head-of-brand', hashes.slice(0, 2)), approval('a-colleague', hashes.slice(0, 1))],
      [
        { reviewer: 'steward', reason: 'own' },
        { reviewer: 'passer-by', reason: 'reader' },
      ],
    );
    const linkTo = (file: string, line: number) => `https://github.example.com/${file}#L${line}`;
    const comment = withoutShas(renderComment(plan, { approvals, linkTo }));
    expect(comment).toBe(await golden('comment.md'));
  });

  it('reads well at a terminal too', async () => {
    expect(withoutShas(renderPlan(plan))).toBe(await golden('terminal.txt'));
  });

  it('is short whatever the plan holds, and says what it leaves out', () => {
    const [first] = plan.workflows;
    if (!first) throw new Error('the plan has no workflow');
    const detail = 'x'.repeat(5_000);
    const trace = Array.from({ length: 100 }, () => detail);
    const many = Array.from({ length: 500 }, (_, at): WorkflowPlan => ({
      ...first,
      ...{ id: `workflow-${at}`, change: 'modified', diagram: `flowchart TB\n${'a --> b\n'.repeat(1_000)}` },
      impact: Array.from({ length: 50 }, (__, of) => ({
        ...{ campaign: `c-${at}-${of}`, effect: 'stuck', detail, trace },
      })),
    }));
    const comment = renderComment({ ...plan, workflows: many });
    expect(Buffer.byteLength(comment)).toBeLessThan(65_536);
    expect(comment).toContain('Too much for one comment: also');
    expect(comment).toMatch(/… and 24995 more/);
    expect(comment).toContain('Too large to be drawn here:');
  });

  it('leaves out a diagram that Mermaid would not draw', () => {
    const workflows = plan.workflows.map((each) => ({ ...each, diagram: 'x'.repeat(50_001) }));
    const comment = renderComment({ ...plan, workflows });
    expect(comment).not.toContain('```mermaid');
    expect(comment).toContain('Too large to be drawn here: `newsletter`, `note`');
  });

  it('says nothing of approvals where nobody looks after them', () => {
    expect(renderComment(plan)).not.toContain('Who has to approve');
  });
});

const NASTY = [
  'A@.A',
  'a|b', '`code`', '```', '@everyone', 'user@example.com', '#12', '!7', 'org/repo#3', '<img src=x onerror=alert(1)>',
  '</details>', '[x](http://evil.example)', '![x](http://evil.example)', 'http://evil.example', 'www.evil.example',
  '*bold* _em_ ~~no~~', '# title', '1. one', '- item', '> quote', '$x$', '&lt;', '\\', '\\|', '/close', 'a\n\n# b',
  '\u202Eevil', '\u001b[2Jgone\rover', '<!-- weir:plan -->', 'end"]; click A "http://evil.example"',
] as const; // prettier-ignore

/** What a reader sees: what is not seen anyway is left out. */
const seen = (text: string) => text.replaceAll(/\u200b/g, '');
const asLine = (text: string) =>
  text
    .replaceAll(/[\u0000-\u001f\u007f-\u009f\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff]+/g, ' ')
    .trim();
/** Text of all sorts, with every sign that means something somewhere. */
const texts = fc.oneof(
  fc.constantFrom(...NASTY),
  fc
    .array(fc.constantFrom(...NASTY, 'word', ' ', '_', '*', '\n'), { maxLength: 8 })
    .map((parts) => parts.join('')),
  fc.string({ unit: 'binary-ascii', maxLength: 40 }),
);

describe('what somebody else has written', () => {
  it('is text and nothing else, in a line and in a cell', () => {
    fc.assert(
      fc.property(texts, (text) => {
        const line = asLine(text);
        fc.pre(line.replaceAll(/\s/g, '') !== '');
        const item = dom(`- ${plain(text)}`).querySelector('li');
        expect(item?.children).toHaveLength(0);
        expect(collapsed(seen(item?.textContent ?? ''))).toBe(collapsed(line));
        const row = dom(`| a | b |\n|---|---|\n| ${plain(text)} | ${codeInCell(text)} |`);
        const [first, second] = row.querySelectorAll('td');
        expect([first?.children.length, second?.querySelectorAll(':not(code)').length]).toEqual([0, 0]);
        expect(collapsed(seen(first?.textContent ?? ''))).toBe(collapsed(line));
        expect(row.querySelectorAll('td')).toHaveLength(2);
      }),
      { numRuns: 1_000 },
    );
  });

  it('is no mention, no reference and no link', () => {
    for (const text of NASTY) {
      const shown = dom(plain(text)).textContent;
      expect(shown).not.toMatch(/@\w|(^|[^&])#\d|!\d|:\/\/|www\./);
      expect(dom(plain(text)).querySelector('a, img')).toBeNull();
    }
  });

  it('does not get out of a link by the name of its file', () => {
    const problem = { line: 1, column: 1, endLine: 1, endColumn: 1, code: 'E', severity: 'error' as const };
    const file = 'workflows/a) *b* (c.yaml';
    const linkTo = (path: string) =>
      `https://github.example.com/${path.split('/').map(encodeURIComponent).join('/')}`;
    const body = dom(renderComment({ ...plan, problems: [{ ...problem, file, message: 'm' }] }, { linkTo }));
    const [link, ...others] = body.querySelectorAll('a');
    expect([link?.textContent, others, body.querySelectorAll('em')[0]?.textContent]).toEqual([
      `${file}:1`,
      [],
      expect.not.stringContaining('b'),
    ]);
    expect(decodeURIComponent(link?.getAttribute('href') ?? '')).toBe(`https://github.example.com/${file}`);
  });

  it('is no command to the host', () => {
    expect(plain('/close')).toBe(String.raw`\/close`);
  });

  it('is code as it stands', () => {
    for (const text of ['a', '`', 'a`b', '``', 'a``b`', ' x ']) {
      const shown = dom(code(text)).querySelector('code')?.textContent;
      expect(shown).toBe(asLine(text));
    }
  });

  it('does not get out of a comment, wherever it stands', () => {
    for (const text of NASTY) {
      const id = text;
      const workflows = plan.workflows.map((each) => ({
        ...{ ...each, id, changes: each.changes.map((change) => ({ ...change, summary: text })) },
        ...{ touchedBy: [{ kind: 'Team' as const, id, summary: text }], approvals: [], raci: [] },
        impact: [{ campaign: id, effect: 'stuck' as const, detail: text, trace: [text] }],
        past: [{ campaign: id, detail: text, gates: [], approvers: [], dates: [] }],
      }));
      const problem = { line: 1, column: 1, endLine: 1, endColumn: 1, code: 'E', severity: 'error' as const };
      const problems = [{ ...problem, file: text, message: text, hint: text }];
      const documents = [{ kind: 'Team', id, change: 'modified', summary: text, hash: '' }];
      const nasty = { ...plan, workflows, problems, documents };
      const terminal = renderPlan(nasty);
      expect(terminal.split('\n')).toHaveLength(renderPlan(harmless(nasty)).split('\n').length);
      expect(terminal).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202a-\u202e]/);
      const body = dom(renderComment(nasty));
      expect([...body.querySelectorAll('img, a, script, del, em > em, strong > strong')]).toEqual([]);
      expect(body.querySelectorAll('details')).toHaveLength(plan.workflows.length);
      expect(body.querySelectorAll('h2')).toHaveLength(1);
      expect(body.querySelectorAll('td')).toHaveLength(3);
      expect([...body.childNodes].filter(({ nodeType }) => nodeType === 8)).toHaveLength(0);
    }
  });
});

/** The same plan with letters in place of what somebody else has written. */
const harmless = (nasty: Plan): Plan =>
  JSON.parse(
    JSON.stringify(nasty, (_, value: unknown) => (NASTY.some((each) => each === value) ? 'x' : value)),
  ) as Plan;

const collapsed = (text: string): string => text.replaceAll(/\s+/g, ' ').trim();
