import { readdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { format } from 'prettier';
import { type SignalWorld, startSignalWorld } from '../support/signal-world.js';
import { until } from '../support/until.js';

const PAGE = 'docs/play-through.md';
const NOW = new Date('2026-11-28T10:00:00Z');
const PART = /As `([^`]+)` \(`([^`]+)`\):\n\n```graphql\n([^`]*)```\n\n```json\n([^`]*)```/g;
/** `WRITE_PLAY=1` writes the answers anew. */
const isWriting = process.env['WRITE_PLAY'] !== undefined;

/** What one person asks, and what is answered. */
interface Part {
  readonly actor: string;
  readonly roles: string;
  readonly query: string;
  readonly answer: string;
}

describe('the play-through of docs/play-through.md', () => {
  let world: SignalWorld;
  let page: string;
  let parts: readonly Part[];
  beforeAll(async () => {
    const names = (await readdir('workflows')).filter((name) => name.endsWith('.yaml'));
    const files = names.map(async (name): Promise<[string, string]> => {
      const file = path.join('workflows', name);
      return [file, await readFile(file, 'utf8')];
    });
    world = await startSignalWorld(NOW, Object.fromEntries(await Promise.all(files)));
    page = await readFile(PAGE, 'utf8');
    parts = [...page.matchAll(PART)].map(([, actor = '', roles = '', query = '', answer = '']) => {
      return { actor, roles, query, answer };
    });
  }, 60_000);
  afterAll(() => world.close());

  it('has somebody who asks, and an answer, for every document', () => {
    expect(parts).toHaveLength(page.split('```graphql').length - 1);
  });

  it('is answered as it says, from the brief to the retrospective', async () => {
    for (const part of parts) {
      const answer = await answerTo(part);
      if (isWriting) page = page.replace(written(part, part.answer), () => written(part, answer));
      else expect(read(part, answer)).toEqual(read(part, part.answer));
    }
    if (isWriting) await writeFile(PAGE, page);
  }, 60_000);

  const read = ({ query }: Part, answer: string) => ({ query, answer: JSON.parse(answer) as unknown });
  const written = ({ actor, roles, query }: Part, answer: string): string =>
    `As \`${actor}\` (\`${roles}\`):\n\n\`\`\`graphql\n${query}\`\`\`\n\n\`\`\`json\n${answer}\`\`\``;

  /** Asked when the triggers have decided on what came before. */
  async function answerTo({ actor, roles, query }: Part): Promise<string> {
    await until(async () => {
      const [row] = await world.replica.data.query<{ open: number }[]>(
        'SELECT count(*)::int AS open FROM signal_batch WHERE evaluated_at IS NULL',
      );
      return row?.open === 0;
    });
    const answer = await world.ask(query, {}, { 'weir-actor': actor, 'weir-roles': roles });
    return format(JSON.stringify(answer), { parser: 'json', objectWrap: 'collapse', printWidth: 120 });
  }
});
