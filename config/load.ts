import { ConfigError, FILE_VARIABLE, type ConfigProblem } from './config-error.ts';
import type { Given, Option } from './option.ts';
import { OPTIONS, type Config, type OptionName } from './options.ts';
import { nearest } from './nearest.ts';
import { readSettingsFile, type SettingsFile } from './settings-file.ts';

export type Origin = 'default' | 'environment' | 'file';

export interface LoadedConfig {
  readonly config: Config;
  /** Where each value comes from. */
  readonly origins: Readonly<Record<OptionName, Origin>>;
  /** The file of settings; null when none was named. */
  readonly file: string | null;
}

export type Environment = Readonly<Record<string, string | undefined>>;

interface Setting {
  readonly text: string;
  readonly origin: Origin;
}

const NO_FILE: SettingsFile = { settings: new Map(), problems: [] };
const NAMES = Object.keys(OPTIONS) as OptionName[];
const VARIABLES = NAMES.map((name) => OPTIONS[name].variable);

/**
 * Reads every option: the environment wins over the file, the file over the
 * default. A variable that is set to nothing counts as unset.
 *
 * @throws ConfigError with every problem at once.
 */
export async function loadConfig(environment: Environment): Promise<LoadedConfig> {
  const path = environment[FILE_VARIABLE] ?? '';
  const file = path === '' ? NO_FILE : await readSettingsFile(path);
  const settings = collect(environment, file.settings);
  const given: Given = {
    text: (variable) => settings.get(variable)?.text,
    production: environment['NODE_ENV'] === 'production',
  };
  const names = new Set([...Object.keys(environment), ...file.settings.keys()]);
  const problems = [...file.problems, ...unknownNames([...names])];
  const values = NAMES.map((name) => [name, readOption(OPTIONS[name], given, problems)]);
  if (problems.length > 0) throw new ConfigError(problems);
  return {
    // Each value was read by the type of its own option, which Object.fromEntries cannot express.
    config: Object.freeze(Object.fromEntries(values)) as Config,
    origins: Object.fromEntries(
      NAMES.map((name) => [name, settings.get(OPTIONS[name].variable)?.origin ?? 'default']),
    ) as Record<OptionName, Origin>,
    file: path === '' ? null : path,
  };
}

function collect(environment: Environment, file: ReadonlyMap<string, string>): ReadonlyMap<string, Setting> {
  const settings = new Map<string, Setting>();
  for (const variable of VARIABLES) {
    const fromEnvironment = environment[variable]?.trim() ?? '';
    const fromFile = file.get(variable)?.trim() ?? '';
    if (fromEnvironment !== '') settings.set(variable, { text: fromEnvironment, origin: 'environment' });
    else if (fromFile !== '') settings.set(variable, { text: fromFile, origin: 'file' });
  }
  return settings;
}

function unknownNames(names: readonly string[]): ConfigProblem[] {
  return names
    .filter((name) => name.startsWith('TRIBUTARY_') && name !== FILE_VARIABLE && !VARIABLES.includes(name))
    .map((variable) => {
      const meant = nearest(variable, VARIABLES);
      const remedy =
        meant === null
          ? 'Remove it; `bin/tributary config` lists every option.'
          : `Did you mean ${meant}? Otherwise remove it.`;
      return { variable, message: 'there is no such option', remedy };
    });
}

function readOption(option: Option, given: Given, problems: ConfigProblem[]): unknown {
  const set = given.text(option.variable);
  const fallback = typeof option.fallback === 'function' ? option.fallback(given) : option.fallback;
  const text = set ?? fallback;
  if (text === null) return null;
  const read = option.type.safeParse(text);
  if (read.success) return read.data;
  // A default made from another option is as wrong as that one, which has been reported.
  if (set !== undefined) problems.push(problemOf(option, text, read.error.issues[0]?.message ?? ''));
  return null;
}

function problemOf(option: Option, text: string, reason: string): ConfigProblem {
  const got = option.secret === undefined ? ` ${JSON.stringify(text.slice(0, 80))}` : '';
  const why = reason.startsWith('Invalid') || reason === '' ? '' : `: ${reason}`;
  return {
    variable: option.variable,
    message: `the value${got} is not accepted${why}`,
    remedy: `Set it to ${option.expects}.`,
  };
}
