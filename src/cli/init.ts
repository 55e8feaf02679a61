import { existsSync, readFileSync, statSync } from 'node:fs';
import { appendFile, cp, mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { definitionJsonSchema } from '../gitops/document/json-schema.js';
import { print, complain, UsageError } from './output.js';

/** What a repository begins with, beside the compiled code. */
const STARTER = fileURLToPath(new URL('../../starter', import.meta.url));

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
  await mkdir(directory, { recursive: true });
  await cp(path.join(STARTER, 'workflows'), folder, { recursive: true });
  const schema = path.join(folder, 'workflow.schema.json');
  await writeFile(schema, `${JSON.stringify(definitionJsonSchema(), null, 2)}\n`);
  print(`written: ${folder}, with a schema for editors`);
  for (const pipeline of PIPELINES) if (pipeline.isFor(directory)) await addPipeline(directory, pipeline);
  await ignoreData(path.join(directory, '.gitignore'));
  print(`next: weir validate ${folder}`);
  return true;
}

interface Pipeline {
  readonly from: string;
  readonly to: string;
  /** Where it goes when there is a file already, and what to do then. */
  readonly otherwise: string;
  readonly hint: string;
  /** Whether the repository is there, or may come to be. */
  readonly isFor: (directory: string) => boolean;
}

const PIPELINES: readonly Pipeline[] = [
  {
    from: 'github.yml',
    to: '.github/workflows/weir.yml',
    otherwise: '.github/workflows/weir-definitions.yml',
    hint: 'there was a weir.yml already: keep one of them',
    isFor: (directory) => !remotesOf(directory).includes('gitlab'),
  },
  {
    from: 'gitlab.yml',
    to: '.gitlab-ci.yml',
    otherwise: '.gitlab/weir.yml',
    hint: "add to .gitlab-ci.yml: include: [{ local: '.gitlab/weir.yml' }]",
    isFor: (directory) => !remotesOf(directory).includes('github'),
  },
];

function remotesOf(directory: string): string {
  const config = path.join(directory, '.git', 'config');
  return existsSync(config) ? readFileSync(config, 'utf8').toLowerCase() : '';
}

async function addPipeline(directory: string, { from, to, otherwise, hint }: Pipeline): Promise<void> {
  const isTaken = existsSync(path.join(directory, to));
  const file = path.join(directory, isTaken ? otherwise : to);
  await mkdir(path.dirname(file), { recursive: true });
  await cp(path.join(STARTER, from), file, { errorOnExist: true, force: false });
  print(`written: ${file}, which checks each change${isTaken ? `; ${hint}` : ''}`);
}

/** The service keeps its database, and the password to it, in `.weir/`; that does not belong into the repository. */
async function ignoreData(file: string): Promise<void> {
  const before = existsSync(file) ? await readFile(file, 'utf8') : '';
  if (/^\/?\.weir\/?$/m.test(before)) return;
  await appendFile(file, `${before === '' || before.endsWith('\n') ? '' : '\n'}.weir/\n`);
}
