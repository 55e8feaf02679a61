import { type ChildProcess, spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import {
  type CompletionList,
  createProtocolConnection,
  type Diagnostic,
  type Hover,
  type ProtocolConnection,
  StreamMessageReader,
  StreamMessageWriter,
} from 'vscode-languageserver-protocol/node';
import { HERE } from './support.js';

const ROOT = path.resolve(HERE, '../..');
const SERVER = path.join(HERE, 'node_modules/yaml-language-server/bin/yaml-language-server');
const MODELINE = '# yaml-language-server: $schema=./workflow.schema.json\n';
const LAUNCH = readFileSync(path.join(ROOT, 'workflows/product-launch.yaml'), 'utf8');
const STEP =
  'apiVersion: weir/v1\nkind: Workflow\nid: x\nsections:\n  - id: a\n    model: linear\n    steps:\n      - id: b\n        ';

/** The language server that editors use for YAML, with the schema that `weir schema` prints. */
describe('an editor', () => {
  let server: ChildProcess;
  let connection: ProtocolConnection;
  let opened = 0;
  const found = new Map<string, (diagnostics: readonly Diagnostic[]) => void>();

  beforeAll(async () => {
    const child = spawn(process.execPath, [SERVER, '--stdio'], { stdio: ['pipe', 'pipe', 'inherit'] });
    server = child;
    connection = createProtocolConnection(
      new StreamMessageReader(child.stdout),
      new StreamMessageWriter(child.stdin),
    );
    const settings = { validate: true, hover: true, completion: true, schemaStore: { enable: false } };
    connection.onRequest('workspace/configuration', ({ items }: { items: unknown[] }) =>
      items.map(() => settings),
    );
    connection.onRequest('client/registerCapability', () => null);
    connection.onNotification(
      'textDocument/publishDiagnostics',
      ({ uri, diagnostics }: { uri: string; diagnostics: Diagnostic[] }) => found.get(uri)?.(diagnostics),
    );
    connection.listen();
    await connection.sendRequest('initialize', {
      processId: process.pid,
      rootUri: pathToFileURL(path.join(ROOT, 'workflows')).href,
      workspaceFolders: null,
      capabilities: {
        textDocument: {
          completion: { completionItem: { snippetSupport: true } },
          hover: {},
          publishDiagnostics: {},
        },
        workspace: { configuration: true },
      },
    });
    await connection.sendNotification('initialized', {});
  }, 30_000);
  afterAll(() => {
    connection.dispose();
    server.kill();
  });

  async function open(text: string): Promise<{ uri: string; diagnostics: Promise<readonly Diagnostic[]> }> {
    const uri = pathToFileURL(path.join(ROOT, 'workflows', `open-${opened++}.yaml`)).href;
    const diagnostics = new Promise<readonly Diagnostic[]>((resolve) => found.set(uri, resolve));
    const textDocument = { uri, languageId: 'yaml', version: 1, text: MODELINE + text };
    await connection.sendNotification('textDocument/didOpen', { textDocument });
    return { uri, diagnostics };
  }

  /** Asks about the place of `|` in the text. */
  async function ask<Answer>(method: 'completion' | 'hover', text: string): Promise<Answer> {
    const before = (MODELINE + text).split('|')[0]?.split('\n') ?? [];
    const { uri } = await open(text.replace('|', ''));
    const position = { line: before.length - 1, character: before.at(-1)?.length ?? 0 };
    return connection.sendRequest(`textDocument/${method}`, { textDocument: { uri }, position });
  }
  const complete = async (text: string) =>
    (await ask<CompletionList>('completion', text)).items.map(({ label }) => label);

  it.each(['product-launch', 'flash-sale', 'team', 'taxonomy', 'policy', 'library'])(
    'has nothing to say about %s.yaml',
    async (name) => {
      const { diagnostics } = await open(readFileSync(path.join(ROOT, 'workflows', `${name}.yaml`), 'utf8'));
      expect(await diagnostics).toEqual([]);
    },
  );

  it('has nothing to say about a variant that leaves most to its parent, nor about several documents', async () => {
    const variant =
      'apiVersion: weir/v1\nkind: Workflow\nid: small\nextends: product-launch\nchannels: [email]\n';
    expect(await (await open(variant)).diagnostics).toEqual([]);
    const team = 'apiVersion: weir/v1\nkind: Team\nid: more\nroles: [{ id: editor }]\n';
    expect(await (await open(`${variant}---\n${team}`)).diagnostics).toEqual([]);
  });

  it('marks what is wrong at its place', async () => {
    const { diagnostics } = await open(
      LAUNCH.replace('steward:', 'stewad:').replace('model: linear', 'model: liner'),
    );
    const lines = (MODELINE + LAUNCH).split('\n');
    const found = (await diagnostics).map(({ message, range }) => [
      lines[range.start.line]?.trim().split(':')[0],
      message,
    ]);
    expect(found).toContainEqual(['steward', 'Property stewad is not allowed.']);
    expect(found).toContainEqual(['model', expect.stringContaining('"linear", "parallel", "hub-and-spoke"')]);
  });

  it('completes keys and values for the kind of document and the place in it', async () => {
    expect(await complete('apiVersion: weir/v1\nkind: |\n')).toEqual([
      'Workflow',
      'Team',
      'Taxonomy',
      'Policy',
      'Library',
    ]);
    const keys = await complete('apiVersion: weir/v1\nkind: Workflow\n|');
    expect(keys).toEqual(expect.arrayContaining(['steward', 'sections', 'handoffs', 'rules', 'tests']));
    expect(keys).not.toContain('roles');
    expect(await complete('apiVersion: weir/v1\nkind: Team\nid: x\nroles:\n  - id: a\n    |')).toEqual(
      expect.arrayContaining(['capacity', 'people', 'timezone', 'workingDays']),
    );
    expect(await complete(`${STEP}|`)).toEqual(
      expect.arrayContaining(['responsible', 'accountable', 'effort', 'rework']),
    );
    expect(await complete(`${STEP}kind: |`)).toEqual([
      'task',
      'brief',
      'approval',
      'review',
      'launch',
      'retrospective',
    ]);
  });

  it('explains what the pointer is over', async () => {
    const hover = async (text: string) => JSON.stringify((await ask<Hover>('hover', text)).contents);
    expect(await hover(`${STEP}accoun|table: x\n`)).toContain('The one role that owns the result.');
    expect(await hover('apiVersion: weir/v1\nkind: Workflow\npat|tern: parallel\n')).toContain(
      'How the channels come together.',
    );
  });
});
