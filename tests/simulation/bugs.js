import { execFile } from 'node:child_process';
import { cp, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { parseArgs, promisify } from 'node:util';

/**
 * Mistakes of other tools, put into a copy of the built code one at a time: the simulation has to find each of them.
 * `lesson` names where users reported it.
 */
const BUGS = [
  {
    name: 'a push during a sync is passed over, and the sync says it is up to date',
    lesson: 'argoproj/argo-cd#9427',
    file: 'application/sync-repository.js',
    from: 'noteHead(stores, place, { head, epoch, now })',
    to: 'this.source.refresh().then((later) => noteHead(stores, place, { head: later, epoch, now }))',
  },
  {
    name: 'a delivery is answered before anybody is asked to look',
    lesson: 'argoproj/argo-cd#19179',
    file: 'application/receive-delivery.js',
    from: "if (news === 'push')",
    to: "if (news === 'never')",
  },
  {
    name: 'a delivery that is replayed has an effect again',
    lesson: 'tokens that can be replayed, row 40',
    file: 'persistence/stores/operation-stores.js',
    from: 'return rows.length > 0;',
    to: 'return rows.length >= 0;',
  },
  {
    name: 'of a burst only the newest commit is taken over',
    lesson: 'argoproj/argo-cd#23086',
    file: 'gitops/git-source.js',
    from: 'commits: found.reverse()',
    to: 'commits: found.slice(0, 1)',
  },
  {
    name: 'a commit is applied in parts, and stays half-applied after a crash',
    lesson: 'fluxcd/kustomize-controller#409',
    file: 'persistence/transaction.js',
    from: 'source.transaction((manager) => work(storesOn(manager)))',
    // The transaction of a process that dies is committed with what it holds.
    to: "source.transaction((manager) => work(storesOn(manager)).catch((error) => { if (error.message !== 'the process died') throw error; }))",
  },
  {
    name: 'an invalid definition is taken over',
    lesson: 'kestra-io/plugin-git#216',
    file: 'domain/workflow/plan.js',
    from: 'if (!definition.valid)',
    to: 'if (!definition.meaning)',
  },
  {
    name: 'when a file is wrong, something else than the last good version is served',
    lesson: 'argoproj/argo-cd#23547',
    file: 'application/apply-commit.js',
    from: "if (change === 'unchanged' || change === 'held-back')\n        return 0;",
    to: "if (change === 'held-back' && planned.base) { await stores.definitions.serve(served.find((each) => each.kind === kind && each.key === key).id, null, planned.base.file, null); return 0; }\n    if (change === 'unchanged' || change === 'held-back')\n        return 0;",
  },
  {
    name: 'the second sync of the same commit writes again',
    lesson: 'kestra-io/plugin-git#327',
    file: 'application/sync-repository.js',
    from: 'const isReached = state?.headSha === head;',
    to: 'const isReached = false;',
    also: { from: 'const since = state?.headSha ?? state?.attemptedSha ?? null;', to: 'const since = null;' },
  },
  {
    name: 'after a force-push the stored commit is gone, and nothing goes on any more',
    lesson: 'kimdre/doco-cd#1621',
    file: 'application/sync-repository.js',
    from: 'if (since === null || reaches)',
    to: "if (!reaches && since !== null) throw new Error('base commit not found');\n        if (since === null || reaches)",
  },
  {
    name: 'a renamed folder retires everything in it',
    lesson: 'argoproj/argo-cd#28929',
    file: 'domain/workflow/retirement.js',
    from: 'leaving.length > retireLimit.share * active',
    to: 'leaving.length > 1_000',
  },
  {
    name: 'a workflow that campaigns run on goes away unasked',
    lesson: 'camunda/camunda#13979',
    file: 'domain/workflow/retirement.js',
    from: 'campaigns > retireLimit.runningCampaigns',
    to: 'campaigns > 1_000',
  },
  {
    name: 'a file that was emptied counts as one that was deleted',
    lesson: 'windmill-labs/windmill#8468',
    file: 'domain/workflow/plan.js',
    from: 'unreadable.has(each.file)',
    to: "unreadable.has('')",
  },
  {
    name: 'a renamed file is a conflict with itself',
    lesson: 'backstage/backstage#14042',
    file: 'gitops/document/read-changes.js',
    from: 'known.remove(path);\n            continue;',
    to: 'continue;',
  },
  {
    name: 'two replicas take over the same commit',
    lesson: 'runatlantis/atlantis#1571',
    file: 'application/sync-repository.js',
    from: '?? 0) !== epoch)',
    to: '?? 0) === -1)',
    isEverywhere: true,
  },
];

const { values } = parseArgs({
  options: { seeds: { type: 'string', default: '300' }, only: { type: 'string' } },
});
const run = promisify(execFile);
const copies = path.resolve('node_modules/.cache/weir-bugs');

let missed = 0;
for (const [number, bug] of BUGS.entries()) {
  if (values.only !== undefined && Number(values.only) !== number + 1) continue;
  const copy = path.join(copies, String(number + 1));
  await mkdir(copy, { recursive: true });
  await cp('dist', path.join(copy, 'dist'), { recursive: true });
  await cp('package.json', path.join(copy, 'package.json'));
  const file = path.join(copy, 'dist', bug.file);
  let text = await readFile(file, 'utf8');
  for (const { from, to } of [bug, ...(bug.also ? [bug.also] : [])]) {
    if (!text.includes(from)) throw new Error(`bug ${number + 1}: ${bug.file} has no '${from}' any more`);
    text = bug.isEverywhere ? text.replaceAll(from, to) : text.replace(from, to);
  }
  await writeFile(file, text);
  const found = await run(process.execPath, [
    'tests/simulation/run.js',
    '--dist',
    path.join(copy, 'dist'),
    '--seeds',
    values.seeds,
  ]).then(
    () => null,
    ({ stderr }) => stderr.split('\n').find((line) => line.startsWith('seed ')) ?? stderr.slice(0, 300),
  );
  if (found === null) missed++;
  console.log(
    `${found === null ? 'MISSED' : 'found '} ${number + 1}. ${bug.name} (${bug.lesson})${found === null ? '' : `\n         ${found}`}`,
  );
}
await rm(copies, { recursive: true, force: true });
console.log(`${missed} missed`);
process.exitCode = missed === 0 ? 0 : 1;
