import { Command, Option } from 'commander';
import type { CommandSpec, ExitCode, Typed } from './command.ts';
import { AppError } from '../kernel/errors.ts';
import { COMMANDS, GROUPS } from './commands.ts';
import { COMMON_OPTIONS, commandOptions } from './options.ts';
import { pageText } from './help/page-text.ts';
import { pageOf } from './help/page.ts';
import { installationOpener } from './open-installation.ts';
import { Output } from './output.ts';
import { reportError } from './report-error.ts';
import type { Runtime } from './runtime.ts';
import { VERSION } from './version.ts';

const TREE = { commands: COMMANDS, groups: GROUPS };

/** Columns when nobody says how many there are. */
const WIDE = 100;

/** Parses and runs one command. @returns its exit code; nothing is thrown. */
export async function runProgram(args: readonly string[], runtime: Runtime): Promise<ExitCode> {
  const output = new Output({
    json: args.includes('--json'),
    colour: mayColour(runtime),
    width: widthOf(process.stdout),
  });
  const stopping = new AbortController();
  const stop = (): void => stopping.abort(interrupted());
  let exitCode: ExitCode = 0;
  const look = {
    width: widthOf(process.stdout) ?? WIDE,
    bold: (text: string) => output.style('bold', text),
  };
  const program = buildProgram(async (spec, typed) => {
    process.once('SIGINT', stop).once('SIGTERM', stop);
    const { signal } = stopping;
    const withInstallation = installationOpener({ runtime, output, signal }, spec, typed);
    const action = await spec.load();
    exitCode = (await action({ runtime, output, signal, tree: TREE, withInstallation }, typed)) ?? 0;
  }, look);
  try {
    await program.parseAsync(withHelp(args), { from: 'user' });
    return exitCode;
  } catch (error) {
    return reportError(error, output);
  } finally {
    process.off('SIGINT', stop).off('SIGTERM', stop);
  }
}

/** `help provider apply` is `provider apply --help`. */
function withHelp(args: readonly string[]): string[] {
  return args[0] === 'help' ? [...args.slice(1), '--help'] : [...args];
}

/** What is under way goes on where it stopped, when it is asked for again. */
function interrupted(): AppError {
  return new AppError({
    kind: 'unavailable',
    code: 'INTERRUPTED',
    message: 'The command was stopped before it was done.',
  });
}

/** How pages of help are written. */
type Look = Parameters<typeof pageText>[1];

const PLAIN: Look = { width: 100, bold: (text) => text };

type Perform = (spec: CommandSpec, typed: Typed) => Promise<void>;

/** The command tree, without anything behind it. */
export function buildProgram(perform: Perform, look: Look = PLAIN): Command {
  const program = new Command('tributary')
    .description('Keeps Access Management profiles in step with customer-owned user databases.')
    .version(VERSION)
    .exitOverride()
    .helpCommand('help [command...]', 'what a command does: help provider apply')
    .showHelpAfterError('(add --help for what it takes)')
    .configureHelp({ sortSubcommands: false });
  for (const [name, description] of Object.entries(GROUPS))
    program.command(name).description(description).exitOverride();
  for (const spec of COMMANDS) addCommand(program, { spec, perform, look });
  return program;
}

function addCommand(
  program: Command,
  { spec, perform, look }: { readonly spec: CommandSpec; readonly perform: Perform; readonly look: Look },
): void {
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
  for (const { flags, description } of COMMON_OPTIONS)
    command.addOption(
      new Option(flags, description).hideHelp(!commandOptions(spec).some((each) => each.flags === flags)),
    );
  command.configureHelp({ formatHelp: () => pageText(pageOf(spec), look) });
  command.action(async (...called: unknown[]) => {
    const options = command.opts<Record<string, unknown>>();
    await perform(spec, { args: called.slice(0, -2) as Typed['args'], options });
  });
}

/** Null where there is no terminal, or one that does not say. */
function widthOf({ isTTY, columns }: NodeJS.WriteStream): number | null {
  return isTTY && columns > 0 ? columns : null;
}

function mayColour({ environment }: Runtime): boolean {
  return process.stdout.isTTY && (environment['NO_COLOR'] ?? '') === '';
}
