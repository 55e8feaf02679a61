import { existsSync, statSync } from 'node:fs';
import { appendFile, mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { print, complain, UsageError } from './output.js';

/** Writes a small repository of definitions that validates; false when there already is one. */
export async function init(directory: string): Promise<boolean> {
  const folder = path.join(directory, 'workflows');
  if (existsSync(folder)) {
    complain(`${folder} is already there; nothing was written`);
    return false;
  }
  if (existsSync(directory) && !statSync(directory).isDirectory()) {
    throw new UsageError(`${directory} is a file; name a folder`);
  }
  await mkdir(folder, { recursive: true });
  for (const [name, text] of Object.entries(FILES)) await writeFile(path.join(folder, name), text);
  await ignoreData(path.join(directory, '.gitignore'));
  print(
    `written: ${Object.keys(FILES)
      .map((name) => path.join(folder, name))
      .join(', ')}`,
  );
  print("next: 'weir validate', then commit, then 'WEIR_REPO=. weir serve'");
  return true;
}

/** The service keeps its database, and the password to it, in `.weir/`; that does not belong into the repository. */
async function ignoreData(file: string): Promise<void> {
  const before = existsSync(file) ? await readFile(file, 'utf8') : '';
  if (/^\/?\.weir\/?$/m.test(before)) return;
  await appendFile(file, `${before === '' || before.endsWith('\n') ? '' : '\n'}.weir/\n`);
}

const FILES = {
  'newsletter.yaml': `# A first workflow: change it to how your team really works.
apiVersion: weir/v1
kind: Workflow
id: newsletter
name: Newsletter
steward: marketing-ops-manager
pattern: sequential
review: { every: P3M }
channels: [email]
sections:
  - id: make
    model: linear
    steps:
      - { id: brief, kind: brief, responsible: campaign-manager, accountable: marketing-ops-manager, effort: P1D, produces: [brief] }
      - { id: copy, responsible: email-lead, accountable: campaign-manager, effort: P2D, produces: [email-copy] }
      - { id: approval, kind: approval, approves: [email-copy], responsible: brand, accountable: campaign-manager, effort: P1D }
      - { id: send, kind: launch, channel: email, responsible: email-lead, accountable: campaign-manager, effort: PT1H }
      - { id: retrospective, kind: retrospective, responsible: campaign-manager, accountable: marketing-ops-manager, effort: PT2H }
rules:
  - { id: approved-before-sent, block: "launch:email", until: "approved('email-copy')" }
kpis: [time-to-launch]
`,
  'team.yaml': `apiVersion: weir/v1
kind: Team
id: marketing
roles:
  - { id: marketing-ops-manager }
  - { id: campaign-manager }
  - { id: email-lead }
  - { id: brand }
`,
  'taxonomy.yaml': `apiVersion: weir/v1
kind: Taxonomy
id: words
channels: [{ id: email, risk: medium }]
`,
};
