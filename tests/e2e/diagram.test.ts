import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { parseMermaid, parseSvg, titlesOf } from '../support/drawings.js';
import { weir } from '../support/run.js';

const FIXTURES = path.resolve('tests/fixtures/diagrams');
const diagram = (...args: string[]) => weir(['diagram', ...args], { cwd: FIXTURES });

describe('weir diagram', () => {
  let directory: string;
  beforeAll(async () => {
    directory = await mkdtemp(path.join(os.tmpdir(), 'weir-diagram-'));
  });
  afterAll(() => rm(directory, { recursive: true }));

  it('draws Mermaid unless asked for something else', async () => {
    const mermaid = await diagram('linear.yaml');
    expect([mermaid.code, mermaid.err]).toEqual([0, '']);
    expect((await parseMermaid(mermaid.out)).title).toBe('Newsletter');
    expect((await diagram('linear.yaml', '--as', 'dot')).out).toMatch(/^digraph \{\n/);
    const svg = await diagram('linear.yaml', '--as', 'svg');
    expect([svg.code, svg.err]).toEqual([0, '']);
    expect(titlesOf(parseSvg(svg.out), 'cluster')).toEqual(['make · linear', 'go-live · linear']);
  });

  it('marks what changed since an older version', async () => {
    const { code, out } = await diagram('linear-newer.yaml', '--against', 'linear.yaml', '--as', 'svg');
    expect(code).toBe(0);
    const words = parseSvg(out).documentElement.textContent;
    for (const part of ['+ Outline it', '− Read the proof', '~ Write the brief', 'unchanged'])
      expect(words).toContain(part);
    expect((await diagram('linear.yaml', '--against', 'linear.yaml')).out).not.toMatch(
      /class .* (added|removed|changed)$/m,
    );
  });

  it('says what it cannot draw', async () => {
    expect(await diagram('nowhere.yaml')).toMatchObject({ code: 2, out: '' });
    expect(await diagram('linear.yaml', '--against', 'nowhere.yaml')).toMatchObject({ code: 2, out: '' });
    expect(await diagram('linear.yaml', '--as', 'png')).toMatchObject({ code: 2, out: '' });
    const none = path.join(directory, 'none.yaml');
    await writeFile(none, 'apiVersion: weir/v1\nkind: Team\nid: nobody\nroles: []\n');
    const refused = {
      code: 1,
      out: '',
      err: expect.stringContaining('has no workflow that can be drawn') as string,
    };
    expect(await diagram(none)).toMatchObject(refused);
    expect(await diagram('linear.yaml', '--against', none)).toMatchObject(refused);
  });

  it('refuses a picture of two thousand steps, and writes them as text', async () => {
    const step = (_: unknown, position: number) =>
      `      - { id: s${position}, responsible: a, accountable: a, effort: P1D }`;
    const big = path.join(directory, 'big.yaml');
    const steps = Array.from({ length: 2_000 }, step).join('\n');
    await writeFile(
      big,
      `apiVersion: weir/v1\nkind: Workflow\nid: big\nname: Big\nsteward: a\npattern: sequential\nsections:\n  - id: all\n    model: linear\n    steps:\n${steps}\n`,
    );
    const svg = await diagram(big, '--as', 'svg');
    expect([svg.code, svg.out]).toEqual([1, '']);
    expect(svg.err).toMatch(/^2002 steps, gates and forks .* ask for mermaid or dot\n$/);
    expect((await diagram(big)).code).toBe(0);
  });
});
