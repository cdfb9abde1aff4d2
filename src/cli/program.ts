import { Command, CommanderError } from 'commander';
import { didYouMean } from '../lib/nearest.ts';
import { list, oneLine } from '../lib/text.ts';
import { version } from '../lib/version.ts';
import { Failure } from '../model/failure.ts';
import type { Profile } from '../model/target.ts';
import { changeReports } from '../report/changes.ts';
import { reports } from '../report/reports.ts';
import { runClean, runVerify } from './again.ts';
import { agentCommands } from './agent-commands.ts';
import { completions } from './completions.ts';
import { runDiff } from './diff.ts';
import { runDispute } from './dispute.ts';
import { doctor } from './doctor.ts';
import { examples, examplesOf } from './examples.ts';
import { runGates } from './gates.ts';
import { init } from './init.ts';
import { initAgent } from './init-agent.ts';
import { explain, listClaims } from './learn.ts';
import { runLogIn } from './log-in.ts';
import type { Io } from './parts.ts';
import { runPlan } from './plan.ts';
import { runRecipes } from './recipes.ts';
import { type ReplayFlags, runReplay } from './replay.ts';
import { type AuditFlags, runAudit } from './run-audit.ts';
import { runGate, runJudge, runReport } from './runs.ts';
import { runSurvey } from './survey.ts';
import { runFlags } from './tell.ts';

/** What `--format` takes, read off its table. */
const formatsOf = (table: object): string => list(Object.keys(table), 'or');

const collect = (value: string, before: readonly string[] = []): string[] => [...before, value];

/** Runs the words after `plummet`. Gives the exit code; does not throw. */
export async function main(words: readonly string[], io: Io): Promise<number> {
  let code = 0;
  const program = build(io, (given) => {
    code = given;
  });
  try {
    await program.parseAsync([...words], { from: 'user' });
    return code;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 64;
    return told(error, io);
  }
}

/** A coded failure says what to do; of anything else the trace helps to report it. */
function told(error: unknown, io: Io): number {
  const coded = error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined;
  if (error instanceof Failure) io.err.write(`plummet: ${error.message} [${error.code}]\n`);
  else if (coded) io.err.write(`plummet: ${oneLine((error as Error).message)} [${coded}]\n`);
  else
    io.err.write(
      `plummet: a fault of its own: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`,
    );
  return error instanceof Failure ? error.exit : 70;
}

function build(io: Io, done: (code: number) => void): Command {
  const program = new Command('plummet')
    .description(
      'Finds out how deep an app really is: drives it with a real browser, disturbs it, and says claim by claim what holds.',
    )
    .version(version)
    .exitOverride()
    .configureOutput({
      writeOut: (text) => io.out.write(text),
      writeErr: (text) => io.err.write(text),
      getOutHelpWidth: () => io.out.columns,
      getErrHelpWidth: () => io.err.columns,
    })
    .addHelpText('after', examples);

  const audit = (name: string, profile: Profile, says: string, isDefault = false): void => {
    const command = program.command(`${name} [url]`, { isDefault }).description(says);
    runFlags(auditFlags(command))
      .option('--resume [run]', 'go on with a run that was interrupted or lacked time (default: the latest)')
      .option('--only-changed-since <run>', 'only what that run did not show, unless its source (--source) has changed')
      .action(async (address: string | undefined, flags: AuditFlags) => {
        notACommand(address, program);
        done(await runAudit(address, flags, profile, io));
      });
  };
  audit('audit', 'audit', 'ask everything that this mode can ask (default command)', true);
  audit('reload', 'reload', 'write, read, reload, new tab, new browser, backend taken away: the answer in seconds');
  auditFlags(
    program
      .command('survey [url]')
      .description('find the way in and the way to write a record, say how, and what is missing; asks nothing'),
  ).action(async (address: string | undefined, flags: AuditFlags) => done(await runSurvey(address, flags, io)));
  auditFlags(
    program
      .command('plan [url]')
      .description('what an audit with these flags would do, to whom, and what would stay; does nothing'),
  ).action(async (address: string | undefined, flags: AuditFlags) => done(await runPlan(address, flags, 'audit', io)));
  runFlags(
    auditFlags(
      program
        .command('verify [words...]')
        .description(
          '[run] [claim…]: ask again what was broken or not told (default: by all the runs here), or these claims, by what was learned',
        ),
    ),
  ).action(async (words: string[], flags: AuditFlags) => done(await runVerify(words, flags, io)));
  auditFlags(
    program.command('clean [run]').description('take away what a run left in the app, which is to run at its address'),
  ).action(async (run: string | undefined, flags: AuditFlags) => done(await runClean(run, flags, io)));
  auditFlags(
    program
      .command('replay [words...]')
      .description(
        '[run]: do again what it did to find its way, to watch (--headed --slow 300); <claim or fingerprint> [run]: show that finding again, slowly, in a window',
      )
      .option('--headless', 'show a finding again without a window'),
  ).action(async (words: string[], flags: ReplayFlags) => done(await runReplay(words, flags, io)));
  program
    .command('recipes [run]')
    .description('keep how that run got in and wrote as plummet.recipes.json: the next run here goes by it at once')
    .action(async (run: string | undefined) => done(await runRecipes(run, io)));
  program
    .command('login [url]')
    .description('log in by hand in a window, once; later runs of that address come in with the session')
    .option('--forget', 'drop the session that is kept')
    .action(async (address: string | undefined, flags: { forget?: boolean }) =>
      done(await runLogIn(address, flags, io)),
    );
  program
    .command('init')
    .description('ask the three questions of intent and write plummet.config.ts')
    .option('--force', 'write it anew')
    .option('--agent', 'write instead what coding agents read: AGENTS.md, a skill, an MCP entry, a stop hook')
    .action(async (flags: { force?: boolean; agent?: boolean }) =>
      done(await (flags.agent ? initAgent(io) : init(io, flags.force === true))),
    );
  agentCommands(program, io, done);
  program
    .command('gate [run]')
    .description('is all shown that the config accepts? exit 0 or 1, by that alone')
    .option('--save-baseline', 'write plummet.baseline.json: what is broken by now is known, and counts no more as new')
    .action(async (run: string | undefined, flags: { saveBaseline?: boolean }) => done(await runGate(run, flags, io)));
  program
    .command('gates [run]')
    .description('write plain Playwright tests of what a run decided: they need no Plummet')
    .option('--out <dir>', 'the folder (default: e2e/plummet)')
    .option('--force', 'write anew what was changed by hand, too')
    .action(async (run: string | undefined, flags: { out?: string; force?: boolean }) =>
      done(await runGates(run, flags, io)),
    );
  program
    .command('dispute <finding> [run]')
    .description('pack the evidence of one verdict that you hold wrong into a folder')
    .option('--out <dir>', 'the folder (default: plummet-dispute-<claim>)')
    .action(async (finding: string, run: string | undefined, flags: { out?: string }) =>
      done(await runDispute(finding, run, flags.out, io)),
    );
  program
    .command('judge [run]')
    .description('judge a stored run anew')
    .option('--json', 'the run on stdout, only that')
    .action(async (run: string | undefined, flags: { json?: boolean }) =>
      done(await runJudge(run, flags.json === true, io)),
    );
  program
    .command('report [run]')
    .description('show a stored run on stdout')
    .option('--format <format>', formatsOf(reports), 'text')
    .action(async (run: string | undefined, flags: { format: string }) => done(await runReport(run, flags.format, io)));
  program
    .command('diff <before> [after]')
    .description('what is new, still broken, fixed or no longer told between two runs (default: the latest)')
    .option('--format <format>', formatsOf(changeReports), 'text')
    .action(async (before: string, after: string | undefined, flags: { format: string }) =>
      done(await runDiff(before, after, flags.format, io)),
    );
  program
    .command('list')
    .description('every claim, and which are asked today')
    .action(async () => done(await listClaims(io)));
  program
    .command('explain <claim>')
    .description('what a claim means, how it is shown, how to fix it')
    .action(async (claim: string) => done(await explain(claim, io)));
  program
    .command('doctor')
    .description('has this machine what an audit takes?')
    .action(async () => done(await doctor(io)));
  program
    .command('completions <shell>')
    .description('what bash, zsh or fish is to source, so that it completes commands, flags, claims and runs')
    .action((shell: string) => done(completions(shell, program, io)));
  for (const command of program.commands) command.addHelpText('after', examplesOf[command.name()] ?? '');
  return program;
}

/** A word that looks like no address was meant as a command. */
function notACommand(word: string | undefined, program: Command): void {
  if (word === undefined || /[.:/\d]/.test(word) || word === 'localhost') return;
  const names = program.commands.map((command) => command.name());
  throw new Failure(
    'E_USAGE',
    `"${word}" is neither a command nor an address.${didYouMean(word, names)} See: plummet --help`,
  );
}

function auditFlags(command: Command): Command {
  return command
    .option(
      '--start <command>',
      'starts the app on a copy of its folder, which is then stopped, killed and started again',
    )
    .option(
      '--source <dir>',
      'its folder: it is started there (default: this one); its accounts, routes and schemas are read there',
    )
    .option('--env <pair>', 'NAME=value for the app; repeatable', collect)
    .option(
      '--allow-egress <host>',
      'a host that the app may reach while it is audited, * for all; repeatable',
      collect,
    )
    .option(
      '--tunnel <host:port>',
      'an address here that leads to a store elsewhere: others use it; repeatable',
      collect,
    )
    .option(
      '--mail <port>',
      'catch the mail that the app sends to this port here (with --start that is done by itself)',
    )
    .option('--disposable-store', 'what the app keeps may be harmed: start it where it is, not on a copy')
    .option('--login <user:password>', 'an account of A, where nobody can sign up')
    .option('--login2 <user:password>', 'a second account, of B')
    .option('--admin <user:password>', 'an account of an administrator: others are tried on what it alone is given')
    .option('--header <line>', 'a header that A sends, "Name: value"; repeatable', collect)
    .option('--header2 <line>', 'a header that B sends; repeatable', collect)
    .option('--storage-state <file>', "cookies and storage as Playwright's file has them")
    .option(
      '--openapi <file|url>',
      'describes an API without pages (OpenAPI, or a GraphQL schema); else looked for where it is usually served, and in the source',
    )
    .option('--backend <host:port>', 'another host that pages may write to; repeatable', collect)
    .option('--intent <answers>', 'storage=server|synced|local,login=required|open,records=private|shared|public')
    .option('--only <claims>', 'sections, claims or globs to ask; repeatable', collect)
    .option('--skip <claims>', 'sections, claims or globs to leave out; repeatable', collect)
    .option('--permit <harm>', 'reads, writes, attacks or disrupts (default: writes; with --start disrupts)')
    .option('--budget <time>', 'longest time: 90s, 2m (default: 10m, of reload 90s)')
    .option('--deep', 'take what time it needs, up to 2h')
    .option('--keep-rows', 'leave what was written in the app: it is thrown away anyhow, or is to be looked at')
    .option('--out <dir>', 'the run folder (default: .plummet/<run>)')
    .option('--json', 'the run on stdout, only that')
    .option('--headed', 'show the browser')
    .option('--slow <ms>', 'pause between acts, to watch')
    .option('--seed <number>', 'same seed, same marks');
}
