import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { makeCheckout } from '../support/checkout.js';
import { createTestDatabase, type TestDatabase } from '../support/database.js';
import { post } from '../support/http.js';
import { type Block, codeBlocks } from '../support/markdown.js';
import { type Served, startServe } from '../support/serve.js';
import { Terminal } from '../support/terminal.js';

interface Page {
  readonly file: string;
  readonly blocks: readonly Block[];
}

const TOUR = 'The five-minute tour';

/** Every page that people read, with its blocks in a language; those of the tour are run by a test of their own. */
const pagesWith = (language: string): Page[] =>
  ['README.md', 'CONTRIBUTING.md', ...readdirSync('docs').map((name) => `docs/${name}`)]
    .filter((file) => file.endsWith('.md'))
    .map((file) => {
      const text = readFileSync(file, 'utf8');
      const tour = file === 'README.md' ? codeBlocks(text, TOUR).map((block) => block.text) : [];
      const blocks = codeBlocks(text).filter(
        (block) => block.language === language && !tour.includes(block.text),
      );
      return { file, blocks };
    });

/** What somebody has to have, or do otherwise, for a block, and what it then prints. */
interface Run {
  /** How the block begins; no two of a page begin alike. */
  readonly begins: string;
  readonly prints: RegExp;
  readonly adapt?: (commands: string) => string;
}

const RUN: Readonly<Record<string, readonly Run[]>> = {
  'README.md': [
    {
      begins: 'npx weir forecast',
      prints:
        /lead time .*P50[\s\S]*what if without:legal[\s\S]*social-approval[\s\S]*low-open-rate: 30 values/,
    },
    {
      begins: 'npx weir consistency',
      prints: /'sales-script' \(sales\) says 20 %/,
      // It finds something, and ends with 1.
      adapt: (commands) => `${commands.trim()} || test $? = 1`,
    },
  ],
  'docs/audit.md': [
    {
      begins: 'weir verify-audit',
      prints: /fine/,
      // Checkpoints come every ten minutes; tests/integration/audit.test.ts verifies against some.
      adapt: (commands) => commands.split('\n')[0] ?? '',
    },
    { begins: "curl -H 'weir-actor: ops@example.com'", prints: /"action":"step\.approve"/ },
  ],
  'docs/authentication.md': [
    {
      begins: 'weir token create',
      prints: /weir_[\s\S]*crm/,
      // The id of the token that was made just now.
      // And in a database of its own, since the first token closes a server that is open.
      adapt: (commands) =>
        `export DATABASE_URL="$OTHER_DATABASE_URL"\n${commands.replace(/revoke \w+/, `revoke "$(weir token list | cut -d ' ' -f 1)"`)}`,
    },
  ],
  'docs/diagrams.md': [
    {
      begins: 'weir diagram',
      prints: /<svg[\s\S]*<svg/,
      adapt: (commands) => `${commands}cat product-launch.svg changes.svg`,
    },
  ],
  'docs/graphql.md': [{ begins: 'tag=$(curl', prints: /^304$/m }],
  'docs/metrics.md': [
    { begins: 'cut -d, -f1 customers.csv', prints: /"size":2/ },
    {
      begins: 'weir forecast',
      prints:
        /what if capacity:designer=3[\s\S]*what if parallel:legal,brand and without:email-review[\s\S]*what if slip:framework=P3D/,
    },
  ],
  'docs/monitoring.md': [{ begins: 'jq -c', prints: /"correlationId":"4bf92f3577b34da6a3ce929d0e0e4736"/ }],
  'docs/play-through.md': [
    { begins: 'curl http://localhost:4000/graphql', prints: /\{"data":\{"campaign":/ },
  ],
  'docs/signals.md': [
    {
      begins: 'curl http://localhost:4000/signals',
      prints: /"accepted":2/,
      // Values of long ago are not taken.
      adapt: (commands) =>
        commands.replaceAll('2026-11-28', new Date(Date.now() - 86_400_000).toISOString().slice(0, 10)),
    },
  ],
};

/** Only Node, npm and git are asked of those who run the tests; what takes more is left out where it is not there. */
const isThere = (program: string): boolean => spawnSync(program, ['--version']).error === undefined;
const itWith = (program: string) => (isThere(program) ? it : it.skip);

/** Blocks that no test runs here, by their beginning, and why. */
const NOT_HERE: Readonly<Record<string, string>> = {
  'README.md: npm ci && npm start':
    'installs; CI does so before every run, and the image test starts what was installed',
  'README.md: npm ci && npm test': 'installs, and runs this very test',
  'CONTRIBUTING.md: npm ci ': 'installs, and runs this very test',
  'docs/operations.md: psql "$OWNER_URL"':
    'makes a role of the server; tests/integration/service-role.test.ts does so',
  'docs/operations.md: weir verify-audit --checkpoints <repository>':
    'after a restore; npm run machines restores one',
  'docs/permits.md: cd examples/sender': 'installs from the registry; tests/e2e/permits.test.ts runs send.js',
};

/** Pages whose GraphQL is asked by a test of its own. */
const ASKED_ELSEWHERE: Readonly<Record<string, string>> = {
  'README.md': 'tests/e2e/queries.test.ts',
  'docs/graphql.md': 'tests/e2e/api-documentation.test.ts',
  'docs/play-through.md': 'tests/e2e/play-through.test.ts',
};

const textOf = (page: string, begins: string): string =>
  pagesWith('sh')
    .find(({ file }) => file === page)
    ?.blocks.find(({ text }) => text.startsWith(begins))?.text ?? '';

const runOf = (file: string, text: string): Run | undefined =>
  RUN[file]?.find(({ begins }) => text.startsWith(begins));

describe('what the documentation tells people to type', () => {
  const { home, folder: checkout, env: ofCheckout } = makeCheckout('commands');
  let database: TestDatabase;
  let other: TestDatabase;
  let server: Served;
  let env: NodeJS.ProcessEnv;

  /** Runs commands in a shell of their own. @returns what they printed */
  const type = async (commands: string): Promise<string> => {
    const terminal = new Terminal(checkout, env);
    try {
      return await terminal.paste(commands);
    } finally {
      await terminal.interrupt();
    }
  };
  const create = (key: string, workflow: string): string =>
    `createCampaign(input: { key: "${key}", name: "${key}", workflow: "${workflow}", risk: LOW })`;
  const ask = async (mutation: string, headers?: Readonly<Record<string, string>>): Promise<void> => {
    const query = `mutation { done: ${mutation} { refusals { message } } }`;
    expect((await post(server.url, { query }, headers)).data).toEqual({ done: { refusals: [] } });
  };

  beforeAll(async () => {
    for (const part of ['bin', 'checkout/older', 'server'])
      mkdirSync(path.join(home, part), { recursive: true });
    for (const part of ['workflows', 'examples'])
      cpSync(part, path.join(checkout, part), { recursive: true });
    symlinkSync(path.resolve('dist/main.js'), path.join(home, 'bin/weir'));
    const launch = readFileSync('workflows/product-launch.yaml', 'utf8');
    writeFileSync(
      path.join(checkout, 'older/product-launch.yaml'),
      launch.replace('effort: P3D', 'effort: P4D'),
    );
    writeFileSync(path.join(checkout, 'customers.csv'), 'mail,name\nA@example.com,A\nb@example.com,B\n');
    writeFileSync(path.join(checkout, 'weir.log'), '{"correlationId":"4bf92f3577b34da6a3ce929d0e0e4736"}\n');

    [database, other] = await Promise.all([createTestDatabase(), createTestDatabase()]);
    env = {
      ...ofCheckout,
      PATH: `${path.join(home, 'bin')}:${ofCheckout['PATH'] ?? ''}`,
      ...{ DATABASE_URL: database.url, OTHER_DATABASE_URL: other.url },
    };
    cpSync('workflows', path.join(home, 'repository/workflows'), { recursive: true });
    await type(
      'cd ../repository && git init -q -b main && git add . && git commit -q -m Begin && git branch finance-approves-offers',
    );
    server = await startServe(path.join(home, 'server'), {
      DATABASE_URL: database.url,
      WEIR_REPO: path.join(home, 'repository'),
    });
    await server.ready();
    for (const mutation of [
      create('summer-launch', 'product-launch'),
      create('spring-lamps', 'product-launch'),
      create('autumn-flash-sale', 'flash-sale'),
      'startStep(input: { campaign: "summer-launch", step: "brief" })',
      'completeStep(input: { campaign: "summer-launch", step: "brief" })',
    ])
      await ask(mutation);
    await ask('approve(input: { campaign: "summer-launch", step: "brand" })', {
      'weir-actor': 'brand@example.com',
      'weir-roles': 'approver,brand',
    });
  }, 120_000);
  afterAll(async () => {
    await server.close('SIGTERM');
    await Promise.all([database.drop(), other.drop()]);
    rmSync(home, { recursive: true });
  }, 60_000);

  it('is run here, or named with the reason why not', () => {
    const blocks = pagesWith('sh').flatMap(({ file, blocks }) => blocks.map(({ text }) => ({ file, text })));
    const listed = Object.keys(NOT_HERE).filter(
      (key) => !blocks.some(({ file, text }) => `${file}: ${text}`.startsWith(key)),
    );
    expect(listed).toEqual([]);
    const unknown = blocks.filter(
      ({ file, text }) =>
        !runOf(file, text) && !Object.keys(NOT_HERE).some((key) => `${file}: ${text}`.startsWith(key)),
    );
    expect(unknown).toEqual([]);
  });

  for (const [file, runs] of Object.entries(RUN))
    for (const { begins, prints, adapt = (commands: string) => commands } of runs)
      itWith(/\b(?:curl|jq)\b/.exec(textOf(file, begins))?.[0] ?? 'git')(
        `works: ${file}, ${begins} …`,
        async () => {
          const commands = textOf(file, begins).replaceAll(
            /\b(localhost|127\.0\.0\.1):4000\b/g,
            new URL(server.url).host,
          );
          expect(await type(adapt(commands))).toMatch(prints);
        },
        120_000,
      );

  it('is answered with data where it is GraphQL', async () => {
    const pages = pagesWith('graphql').filter(
      ({ file, blocks }) => blocks.length > 0 && !(file in ASKED_ELSEWHERE),
    );
    expect(pages.length).toBeGreaterThanOrEqual(5);
    for (const { file, blocks } of pages)
      for (const { text } of blocks) {
        const { data, errors } = await post(server.url, { query: text });
        expect([file, text, errors]).toEqual([file, text, []]);
        for (const value of Object.values(data ?? {})) expect([file, value]).not.toEqual([file, null]);
      }
  });
});
