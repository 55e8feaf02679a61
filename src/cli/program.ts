import { readFileSync } from 'node:fs';
import { Command, CommanderError, Option } from 'commander';
import { ConfigError } from '../config/config-error.js';
import { readConfig } from '../config/config.js';
import type { ValidateOptions } from './validate.js';
import type { DiffOptions } from './diff.js';
import type { ForecastCommand } from './forecast.js';
import type { AdherenceCommand } from './adherence.js';
import type { ConsistencyCommand } from './consistency.js';
import type { ImportCommand } from './import.js';
import type { SyncCommand } from './sync.js';
import type { CreateTokenCommand } from './token.js';
import type { SimulateCommand } from './simulate.js';
import type { ScheduleCommand } from './schedule.js';
import type { VerifyAuditCommand } from './verify-audit.js';
import { complain, print, UsageError } from './output.js';

/** Exit codes of every command: fine, problems found or refused, wrong usage, a fault. */
const [FINE, PROBLEMS, WRONG_USAGE, FAULT] = [0, 1, 2, 3] as const;
/** What a shell reports of a program that Ctrl-C ended. */
const INTERRUPTED = 130;

/** Runs one command line and returns its exit code. Commands are loaded when called, so that each starts quickly. */
export async function run(argv: readonly string[]): Promise<number> {
  let code: number = FINE;
  const program = buildProgram((result) => {
    code = result;
  });
  try {
    await program.parseAsync([...argv]);
    return code;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? FINE : WRONG_USAGE;
    return explain(error);
  }
}

/** Errors made for people come as one line; a fault keeps its stack for whoever reports it. */
function explain(error: unknown): number {
  if (!(error instanceof Error)) {
    complain(String(error));
    return FAULT;
  }
  if (error.name === 'Stopped') {
    complain(`weir: ${error.message} before it was ready`);
    return INTERRUPTED;
  }
  if (error.name === 'CannotCalculate' || error.name === 'LogError') {
    complain(`weir: ${error.message}`);
    return PROBLEMS;
  }
  const expected = [
    'PortTaken',
    'DatabaseStartError',
    'FolderTooLarge',
    'RepositoryError',
    'ServerError',
    'UnknownRef',
    'UsageError',
  ].includes(error.name);
  complain(
    expected || error instanceof ConfigError
      ? `weir: ${error.message}`
      : `weir: ${error.stack ?? error.message}`,
  );
  return error instanceof ConfigError || ['UsageError', 'UnknownRef', 'FolderTooLarge'].includes(error.name)
    ? WRONG_USAGE
    : FAULT;
}

const FORMATS = ['text', 'json'] as const;
const format = (...choices: readonly string[]) =>
  new Option('--format <format>', 'how to print').choices(choices).default('text');

/** The options of every command that reads an event log. */
const withLog = (command: Command): Command =>
  withColumns(
    command.requiredOption('--log <file>', 'event log: .csv, .tsv or .xes, or one of these as .gz'),
  );

/** How a log is read. */
const withColumns = (command: Command): Command =>
  command
    .option('--case <column>', 'which column names the campaign')
    .option('--activity <column>', 'which column names the step, by its id or its name')
    .option('--timestamp <column>', 'which column says when it ended')
    .option('--start-timestamp <column>', 'which column says when it started')
    .option('--timezone <zone>', 'zone of times that name none', 'UTC');

/** An address of a server, without a path to GraphQL. */
function serverUrl(text: string): string {
  if (URL.canParse(text) && /^https?:/.test(text)) return text.replace(/\/graphql\/?$/, '');
  throw new UsageError(
    `--server is the address of a server, such as https://weir.example.com, not '${text}'`,
  );
}

/** Gathers an option that may be given several times. */
const collect = (value: string, before: readonly string[]): string[] => [...before, value];

function buildProgram(exit: (code: number) => void): Command {
  const { version } = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')) as {
    version: string;
  };
  const program = new Command('weir')
    .version(version)
    .description(
      'Workflow-as-code for marketing campaigns: definitions in git, enforced through a GraphQL API.',
    )
    .exitOverride()
    .showHelpAfterError('(run with --help for what there is)')
    .addHelpText('after', HELP);
  program
    .command('serve')
    .description('run the service; with nothing configured it serves an example')
    .option('--empty', 'start without the example')
    .action(async (options: { empty?: boolean }) => {
      const { serve } = await import('./serve.js');
      exit(await serve(readConfig(), { empty: options.empty ?? false }));
    });
  program
    .command('validate')
    .argument('[path]', 'file or folder of definitions', 'workflows')
    .option('--fix', 'mend what can only have been meant in one way')
    .addOption(format(...FORMATS, 'sarif', 'github'))
    .description('check definitions without a database or a network')
    .action(async (path: string, options: ValidateOptions) => {
      const { validate } = await import('./validate.js');
      exit((await validate(path, options, version)) ? FINE : PROBLEMS);
    });
  program
    .command('plan')
    .requiredOption('--base <ref>', 'branch or commit that the change goes to')
    .requiredOption('--head <ref>', 'branch or commit with the change')
    .option('--repo <dir>', 'the repository', '.')
    .option('--path <folder>', 'folder of the definitions', 'workflows')
    .option('--server <url>', 'server to ask what the change means for its campaigns; token from WEIR_TOKEN')
    .addOption(new Option('--fail-on <class>', 'also fail on such a change').choices(['breaking']))
    .addOption(format(...FORMATS, 'markdown'))
    .description('say what a change of definitions would do')
    .action(
      async (options: {
        base: string;
        head: string;
        repo: string;
        path: string;
        failOn?: string;
        server?: string;
        format: string;
      }) => {
        const { plan } = await import('./plan.js');
        const { server: url, ...rest } = options;
        const server = url === undefined ? null : { url: serverUrl(url), token: readConfig().token ?? null };
        exit((await plan({ ...rest, server })) ? FINE : PROBLEMS);
      },
    );
  program
    .command('diff')
    .argument('<file-or-id>', 'the older file, or the id of a workflow of the repository')
    .argument('[file]', 'the newer file')
    .option('--repo <dir>', 'the repository', '.')
    .option('--path <folder>', 'folder of the definitions', 'workflows')
    .option('--from <ref-or-date>', 'older commit, branch or tag, or a date: as things stood when it began')
    .option('--to <ref-or-date>', 'newer commit, branch or tag, or a date', 'HEAD')
    .option('--workflow <id>', 'which workflow, where the files hold several')
    .addOption(format(...FORMATS))
    .description('say what differs in meaning between two versions of a workflow')
    .action(async (one: string, other: string | undefined, options: DiffOptions) => {
      const { diff } = await import('./diff.js');
      exit((await diff(one, other, options)) ? FINE : PROBLEMS);
    });
  program
    .command('review')
    .option('--quarter <quarter>', 'for example 2026-Q3; without it, the last full one')
    .addOption(format(...FORMATS, 'markdown', 'html'))
    .description('compare the workflow versions at both ends of a quarter')
    .action(async (options: { quarter?: string; format: string }) => {
      const { review } = await import('./review.js');
      exit(await review(readConfig(), options));
    });
  program
    .command('diagram')
    .argument('<file>', 'file with a workflow')
    .addOption(
      new Option('--as <format>', 'how to draw').choices(['mermaid', 'svg', 'dot']).default('mermaid'),
    )
    .option('--against <file>', 'mark what changed since the older version in this file')
    .description('draw the swimlanes of a workflow')
    .action(async (file: string, options: { as: 'mermaid' | 'svg' | 'dot'; against?: string }) => {
      const { diagram } = await import('./diagram.js');
      exit((await diagram(file, options)) ? FINE : PROBLEMS);
    });
  withColumns(
    program
      .command('forecast')
      .argument('<file>', 'file with a workflow')
      .option('--team <file>', 'file with a team: how many people, and when they work', collect, [])
      .option(
        '--start <date>',
        'when it begins; without it Monday 2026-01-05, 09:00 UTC, so that answers repeat',
      )
      .option('--runs <n>', 'how many campaigns to simulate', '10000')
      .option('--seed <n>', 'which luck they have; same seed, same numbers', '1')
      .option('--within <duration>', 'say how likely it ends within, for example P30D')
      .option('--continuous', 'a day is 24 hours, and everybody works through')
      .option(
        '--what-if <change>',
        'also without:STEP, parallel:STEP,STEP, capacity:ROLE=2, effort:STEP=P2D or slip:STEP=P3D, and say what differs',
        collect,
        [],
      )
      .option('--log <file>', 'learn from the past campaigns in this event log')
      .option(
        '--backtest',
        'say how well such forecasts do, on the campaigns of the log or on simulated ones',
      )
      .option('--campaigns <n>', 'how many campaigns to simulate for that', '2000')
      .addOption(format(...FORMATS))
      .description('say how long a campaign would take, and what that depends on'),
  ).action(async (file: string, options: ForecastCommand) => {
    const { forecast } = await import('./forecast.js');
    exit((await forecast(file, options)) ? FINE : PROBLEMS);
  });
  program
    .command('schedule')
    .argument('<file...>', 'files with workflows that share the people')
    .option('--team <file>', 'file with a team: how many people, and when they work', collect, [])
    .option(
      '--start <date>',
      'when it begins; without it Monday 2026-01-05, 09:00 UTC, so that answers repeat',
    )
    .option('--tries <n>', 'how many schedules to make', '1000')
    .option('--seed <n>', 'which luck the search has; same seed, same schedule', '1')
    .option('--continuous', 'a day is 24 hours, and everybody works through')
    .addOption(format(...FORMATS))
    .description('plan workflows together, so that nobody does two things at once')
    .action(async (files: string[], options: ScheduleCommand) => {
      const { schedule } = await import('./schedule.js');
      exit((await schedule(files, options)) ? FINE : PROBLEMS);
    });
  withLog(
    program
      .command('adherence')
      .requiredOption('--workflow <file>', 'file with the workflow')
      .addOption(format(...FORMATS))
      .description('measure how far the work in a log followed the workflow'),
  ).action(async (options: AdherenceCommand) => {
    const { adherence } = await import('./adherence.js');
    exit((await adherence(options)) ? FINE : PROBLEMS);
  });
  program
    .command('simulate')
    .argument('<file>', 'file with a workflow that has triggers')
    .requiredOption('--signals <file>', 'past values as NDJSON, as `POST /signals` takes them')
    .option('--trigger <id>', 'only this one')
    .option('--campaign <key>', 'only the values of this campaign')
    .option('--budget <channel=amount>', 'what a channel may spend at the beginning', collect, [])
    .option('--from <date>', 'what came before is only looked back on')
    .addOption(format(...FORMATS))
    .description('show what triggers would have done on past signals')
    .action(async (file: string, options: SimulateCommand) => {
      const { simulate } = await import('./simulate.js');
      exit((await simulate(file, options)) ? FINE : PROBLEMS);
    });
  program
    .command('consistency')
    .argument('<file>', 'a list of {id, channel, text}, or {brief, assets: that list}, in YAML or JSON')
    .addOption(format(...FORMATS))
    .description('find where the texts of a campaign contradict each other, English and German')
    .action(async (file: string, options: ConsistencyCommand) => {
      const { consistency } = await import('./consistency.js');
      exit((await consistency(file, options)) ? FINE : PROBLEMS);
    });
  withLog(
    program
      .command('import')
      .requiredOption('--workflow <id>', 'the workflow that the campaigns ran on')
      .addOption(format(...FORMATS))
      .description("bring past campaigns in from another tool's log, as history for forecasts"),
  ).action(async (options: ImportCommand) => {
    const { importLog } = await import('./import.js');
    exit((await importLog(readConfig(), options)) ? FINE : PROBLEMS);
  });
  program
    .command('sync')
    .addOption(format(...FORMATS))
    .option(
      '--release <workflow>',
      'let this workflow retire, or be active after its pilot, where that waits',
      collect,
      [],
    )
    .option(
      '--rebuild',
      'then build all rows anew from git alone, beside the others, and compare them by hash',
    )
    .description('bring the database up to the head of the branch')
    .action(async (options: SyncCommand) => {
      const { sync } = await import('./sync.js');
      exit((await sync(readConfig(), options)) ? FINE : PROBLEMS);
    });
  program
    .command('verify-audit')
    .option('--from-file <file>', 'an export (GET /audit.ndjson) instead of the database')
    .option(
      '--checkpoints <place>',
      'a repository with refs/weir/audit, or a file of checkpoints, one a line',
    )
    .option('--keys <file>', 'the key set to verify checkpoints with, instead of the one in the database')
    .addOption(format(...FORMATS))
    .description('find the first audit record that is not as it was written')
    .action(async (options: VerifyAuditCommand) => {
      const { verifyAuditCommand } = await import('./verify-audit.js');
      exit((await verifyAuditCommand(readConfig(), options)) ? FINE : PROBLEMS);
    });
  program
    .command('migrate')
    .description("bring the database's schema up to date")
    .option('--grant <role>', 'let this role run the service, without changing the audit record')
    .action(async ({ grant }: { grant?: string }) => {
      const { migrateDatabase } = await import('./sync.js');
      await migrateDatabase(readConfig(), grant ?? null);
    });
  addTokenCommands(program, exit);
  program
    .command('schema')
    .description('print the JSON Schema of the definition format, for editors')
    .action(async () => {
      const { definitionJsonSchema } = await import('../gitops/document/json-schema.js');
      print(JSON.stringify(definitionJsonSchema(), null, 2));
    });
  program
    .command('init')
    .argument('[dir]', 'folder to begin in', '.')
    .description(
      'write a first workflow, team and taxonomy that validate, and a pipeline that checks changes',
    )
    .action(async (directory: string) => {
      const { init } = await import('./init.js');
      exit((await init(directory)) ? FINE : PROBLEMS);
    });
  return program;
}

function addTokenCommands(program: Command, exit: (code: number) => void): void {
  const token = program.command('token').description('make, list and revoke the API tokens of programs');
  token
    .command('create')
    .argument('<name>', 'what it is for, such as crm-signals')
    .requiredOption('--role <role>', 'a permission, or a role of the team', collect, [])
    .option('--use <part>', 'only for this part of the server, such as signals or calendar', collect, [])
    .option('--days <n>', 'for how long it is good', '90')
    .addOption(format(...FORMATS))
    .description('make a token, and show it once')
    .action(async (name: string, options: CreateTokenCommand) => {
      const { createTokenFor } = await import('./token.js');
      exit((await createTokenFor(readConfig(), name, options)) ? FINE : PROBLEMS);
    });
  token
    .command('list')
    .addOption(format(...FORMATS))
    .description('those that were made, and whether they are used')
    .action(async (options: { format: string }) => {
      const { listTokensOf } = await import('./token.js');
      exit((await listTokensOf(readConfig(), options)) ? FINE : PROBLEMS);
    });
  token
    .command('revoke')
    .argument('<id>', 'the middle part of the token')
    .description('have a token not taken any more')
    .action(async (id: string) => {
      const { revokeTokenOf } = await import('./token.js');
      exit((await revokeTokenOf(readConfig(), id)) ? FINE : PROBLEMS);
    });
}

const HELP = `
Examples:
  weir init my-workflows && cd my-workflows   begin with a workflow that validates
  weir validate                               check every file below workflows/
  weir plan --base main --head my-change      what my change would do, before it is merged
  weir diff old.yaml new.yaml                 what differs in meaning between two files
  weir diff launch --from 2026-07-01          what has changed in a workflow since July
  weir forecast launch.yaml --team team.yaml  how long a campaign would take
  weir schedule a.yaml b.yaml --team t.yaml   two campaigns that share the people
  weir simulate sale.yaml --signals may.ndjson --budget email=1000
  weir adherence --workflow launch.yaml --log export.csv
                                              how far the work followed the workflow
  weir consistency texts.yaml                 do the channels say the same?
  weir token create crm --role contributor --use signals
                                              a token with which a program sends signals
  weir serve                                  the service with the example, at http://127.0.0.1:4000
  WEIR_REPO=. weir serve                      the service on the repository of this folder

Exit codes: 0 fine, 1 problems found or refused, 2 wrong usage, 3 a fault.
`;
