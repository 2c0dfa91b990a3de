import { CommanderError } from 'commander';
import { ConfigError } from '../../config/config-error.ts';
import { ConnectorError } from '../../connectors/contract/errors.ts';
import { AppError, asError, type Problem } from '../kernel/errors.ts';
import type { ExitCode } from './command.ts';
import { RemoteError } from './remote/remote-error.ts';
import { printable, type Output } from './output.ts';

/** What is told about a failure: the same for a person and, as JSON, for a script. */
interface Told {
  readonly code: string;
  readonly message: string;
  readonly remedy: string;
  readonly problems: readonly Problem[];
}

/** Codes that say that a command was called in a way that cannot be meant, which commander does not notice by itself. */
const USAGE = new Set([
  'ANCHOR_INVALID',
  'CHOICE_INVALID',
  'KEEP_UNCLEAR',
  'FILTER_UNKNOWN',
  'NOBODY_TO_ASK',
  'NOT_CONFIRMED',
  'NOT_REMOTE',
  'NUMBER_INVALID',
  'OPTIONS_CONFLICT',
  'PAIR_INVALID',
  'PASSWORD_NOT_GIVEN',
  'PEOPLE_UNNAMED',
  'ROLES_INVALID',
  'SERVER_INVALID',
  'TIME_INVALID',
  'TOKEN_MISSING',
  'WHICH_UNCLEAR',
]);

/** Codes that say that a safeguard holds something: the same over the API, which tells no more of a failure. */
const HELD = new Set(['RUN_HELD']);

/** Tells on stderr what went wrong and what to do: one line, its remedy, and each problem on a line of its own. */
export function reportError(error: unknown, output: Output): ExitCode {
  // commander has said its own piece, with a suggestion where it has one.
  if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
  const told = tell(error);
  if (output.json) output.say(JSON.stringify({ error: told }));
  else {
    output.say(`${output.style('red', 'error')}: ${printable(told.message)} (${told.code})`);
    for (const text of rest(told)) output.say(text);
  }
  return exitCodeOf(error);
}

/** Each problem, and what to do. */
function rest({ problems, remedy }: Told): readonly string[] {
  const lines = problems.map(
    (problem) =>
      `  ${printable(problem.path)}: ${printable([problem.message, problem.remedy].filter((text) => text !== '').join(' '))}`,
  );
  return remedy === '' ? lines : [...lines, printable(remedy)];
}

/** A failure that is told on the way, because what was begun can go on. */
export function failureText(error: unknown): string {
  const told = tell(error);
  return [printable(told.message), ...rest(told)].join('\n');
}

function exitCodeOf(error: unknown): ExitCode {
  if (!(error instanceof AppError || error instanceof RemoteError)) return 1;
  if (USAGE.has(error.code)) return 2;
  return HELD.has(error.code) ? 3 : 1;
}

function tell(error: unknown): Told {
  if (error instanceof AppError || error instanceof RemoteError) {
    const { code, message, remedy, problems } = error;
    return { code, message, remedy, problems };
  }
  if (error instanceof ConfigError) return tellConfig(error);
  const none = { remedy: '', problems: [] };
  if (error instanceof ConnectorError) return { code: error.code, message: error.message, ...none };
  return { code: 'UNEXPECTED', message: asError(error).message, ...none };
}

function tellConfig(error: ConfigError): Told {
  const { code } = error;
  const problems = error.problems.map(({ variable, message, remedy }) => ({
    path: variable,
    code,
    message: `${message}.`,
    remedy,
  }));
  return {
    code,
    message: 'The configuration is not usable.',
    remedy: 'List every setting with: tributary config',
    problems,
  };
}

/** What to do about a failure; empty when nobody knows. */
export function remedyOf(error: unknown): string {
  return tell(error).remedy;
}
