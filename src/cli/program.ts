import { userInfo } from 'node:os';
import { Command } from 'commander';
import type { AppContext } from '../app/context.ts';
import type { CommandSpec, ExitCode, Session, Typed } from './command.ts';
import { AppError } from '../kernel/errors.ts';
import { COMMANDS } from './commands.ts';
import { Output } from './output.ts';
import { reportError } from './report-error.ts';
import type { Runtime } from './runtime.ts';
import { VERSION } from './version.ts';

/** What a group of commands is about; groups are the first words of two-word commands. */
const GROUPS: Readonly<Record<string, string>> = {
  provider: 'the customer databases that people come from',
  run: 'what was synchronised, when, and what came of it',
  profile: 'the people',
  'write-back': 'passwords on their way to providers',
  email: 'e-mails to people',
  operator: 'who may use the console and the API',
  audit: 'what operators did',
  token: 'what programs call the API with',
};

/** Parses and runs one command. @returns its exit code; nothing is thrown. */
export async function runProgram(args: readonly string[], runtime: Runtime): Promise<ExitCode> {
  const output = new Output({ json: args.includes('--json'), colour: mayColour(runtime) });
  const stopping = new AbortController();
  const stop = (): void => stopping.abort(interrupted());
  let exitCode: ExitCode = 0;
  const program = buildProgram(async (spec, typed) => {
    process.once('SIGINT', stop).once('SIGTERM', stop);
    const action = await spec.load();
    exitCode = (await action(createSession({ runtime, output, signal: stopping.signal }), typed)) ?? 0;
  });
  try {
    await program.parseAsync([...args], { from: 'user' });
    return exitCode;
  } catch (error) {
    return reportError(error, output);
  } finally {
    process.off('SIGINT', stop).off('SIGTERM', stop);
  }
}

/** What is under way goes on where it stopped, when it is asked for again. */
function interrupted(): AppError {
  return new AppError({
    kind: 'unavailable',
    code: 'INTERRUPTED',
    message: 'The command was stopped before it was done.',
  });
}

type Perform = (spec: CommandSpec, typed: Typed) => Promise<void>;

/** The command tree, without anything behind it. */
export function buildProgram(perform: Perform): Command {
  const program = new Command('tributary')
    .description('Keeps Access Management profiles in step with customer-owned user databases.')
    .version(VERSION)
    .exitOverride()
    .showHelpAfterError('(add --help for what it takes)')
    .configureHelp({ sortSubcommands: false });
  for (const [name, description] of Object.entries(GROUPS))
    program.command(name).description(description).exitOverride();
  for (const spec of COMMANDS) addCommand(program, spec, perform);
  return program;
}

function addCommand(program: Command, spec: CommandSpec, perform: Perform): void {
  const [first = '', second] = spec.words.split(' ');
  const parent =
    second === undefined ? program : program.commands.find((command) => command.name() === first);
  if (parent === undefined) throw new Error(`no group ${first}`);
  const command = parent
    .command(`${second ?? first} ${spec.args ?? ''}`.trim())
    .description(spec.summary)
    .exitOverride();
  for (const { flags, description, default: standard, required } of spec.options ?? []) {
    if (required === true) command.requiredOption(flags, description);
    else command.option(flags, description, standard);
  }
  command.option('--json', 'print JSON and nothing else on stdout');
  command.action(async (...called: unknown[]) => {
    const options = command.opts<Record<string, unknown>>();
    await perform(spec, { args: called.slice(0, -2) as Typed['args'], options });
  });
}

function createSession(about: Pick<Session, 'runtime' | 'output' | 'signal'>): Session {
  return {
    ...about,
    actor: `cli:${userInfo().username}`,
    withContext: async <T>(work: (context: AppContext) => Promise<T>): Promise<T> => {
      await using opened = await about.runtime.openContext();
      return await work(opened.context);
    },
  };
}

function mayColour({ environment }: Runtime): boolean {
  return process.stdout.isTTY && (environment['NO_COLOR'] ?? '') === '';
}
