import { readFileSync, rmSync } from 'node:fs';
import { makeCheckout } from '../support/checkout.js';
import { codeBlocks } from '../support/markdown.js';
import { freePort } from '../support/free-port.js';
import { Terminal } from '../support/terminal.js';

const PORT = '4001';

/** Ids of commits, which differ each time. */
const withoutIds = (text: string): string => text.replaceAll(/\([0-9a-f]{7}\)/g, '(commit)');

/** The answers that `ask` printed, one after the other. */
const answersIn = (printed: string): Record<string, unknown>[] =>
  [...printed.matchAll(/^\{\n[\s\S]*?^\}$/gm)].map(([text]) => JSON.parse(text) as Record<string, unknown>);

/** Refusals of a mutation in an answer. */
const refusalsIn = (answer: Record<string, unknown>): unknown[] =>
  Object.values(answer).flatMap((payload) => (payload as { refusals?: unknown[] }).refusals ?? []);

describe('the five-minute tour of the README', () => {
  const { home, folder, env } = makeCheckout('tour');
  const blocks = codeBlocks(readFileSync('README.md', 'utf8'), 'The five-minute tour');
  const terminals: Terminal[] = [];
  const terminal = (): Terminal => {
    const opened = new Terminal(folder, env);
    terminals.push(opened);
    return opened;
  };
  let url = '';

  afterAll(async () => {
    await Promise.all(terminals.map((opened) => opened.interrupt()));
    if (url !== '') await expect(fetch(`${url}/health/live`)).rejects.toThrow();
    rmSync(home, { recursive: true });
  }, 30_000);

  it('works as it is written, and prints what it says', async () => {
    const port = String(await freePort());
    url = `http://127.0.0.1:${port}`;
    const first = terminal();
    let printed = '';
    const answers: Record<string, unknown>[] = [];
    for (const { language, text } of blocks) {
      if (language === 'sh') {
        const commands = text.replaceAll(PORT, port);
        if (commands.includes('weir serve')) {
          const second = terminal();
          second.begin(commands);
          await second.says('Weir is ready');
          continue;
        }
        printed = await first.paste(commands);
        answers.push(...answersIn(printed));
      } else if (language === 'json') {
        expect(answers.at(-1)).toEqual(JSON.parse(text));
      } else {
        expect(withoutIds(printed)).toContain(withoutIds(text));
      }
    }
    expect(blocks.map(({ language }) => language).join(' ')).toMatch(/sh sh sh text sh json sh sh json sh/);

    // The launch is refused once, by what was added, and nothing else is.
    const refused = answers.filter((answer) => refusalsIn(answer).length > 0);
    expect(refused).toHaveLength(1);
    expect(refused.flatMap(refusalsIn)).toContainEqual(
      expect.objectContaining({ rule: 'legal-before-sent', askRole: ['legal'] }),
    );
    const all = JSON.stringify(answers);
    expect(all).not.toContain('"extensions"');
    expect(all).toContain('{"channel":"email","status":"LIVE"}');
    expect(answers.find((answer) => 'endCampaign' in answer)).toMatchObject({
      endCampaign: { campaign: { status: 'ENDED', retrospective: { answers: [{}, {}, {}] } } },
    });
    expect(answers.at(-1)).toMatchObject({
      quarterlyReview: {
        workflows: [
          {
            workflow: { name: 'Newsletter' },
            to: { number: 2 },
            leadTimes: [{ campaigns: [{ key: 'may-news' }] }],
          },
        ],
      },
    });
  }, 120_000);

  it('has pages of the dashboard that answer', async () => {
    const readme = readFileSync('README.md', 'utf8');
    const pages = [...readme.matchAll(/<http:\/\/127\.0\.0\.1:4001(\/#\/[^>]*)>/g)].map(
      ([, page = '']) => page,
    );
    expect(pages.length).toBeGreaterThan(4);
    const routes = [
      ...readFileSync('src/dashboard/app.tsx', 'utf8').matchAll(/<Route path="(\/[^"]*)"/g),
    ].map(([, route = '']) => new RegExp(`^/#${route.replaceAll(/:\w+/g, '[^/?]+')}(\\?.*)?$`));
    for (const page of pages) expect(routes.filter((route) => route.test(page))).not.toEqual([]);
    expect((await fetch(url)).status).toBe(200);
  });
});
