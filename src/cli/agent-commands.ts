import type { Command } from 'commander';
import { type BriefFlags, runBrief } from './brief.ts';
import { runHook } from './hook.ts';
import { runMcp } from './mcp.ts';
import type { Io } from './parts.ts';

/** Commands for whoever mends what is broken: a person with an editor, or a coding agent. */
export function agentCommands(program: Command, io: Io, done: (code: number) => void): void {
  program
    .command('brief [run]')
    .description(
      'a file for each root cause of a run (default: the latest): what is wrong, where it likely sits, what done looks like',
    )
    .option('--out <dir|->', 'the folder, or - for stdout (default: briefs in the run folder)')
    .option('--source <dir>', 'the folder of the app, to look where it sits (default: of the config, else this one)')
    .action(async (run: string | undefined, flags: BriefFlags) => done(await runBrief(run, flags, io)));
  program
    .command('mcp')
    .description('serve the Model Context Protocol on stdin and stdout, for coding agents')
    .option('--http <port>', 'serve it at http://127.0.0.1:<port>/mcp instead')
    .action(async (flags: { http?: string }) => done(await runMcp(flags, io)));
  program
    .command('hook')
    .description("for an agent's stop hook: ask again what is broken, and hand it back (see init --agent)")
    .action(async () => done(await runHook(io)));
}
