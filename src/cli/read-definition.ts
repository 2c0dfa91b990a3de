import { LineCounter, parseDocument } from 'yaml';
import { Secret } from '../../connectors/contract/secret.ts';
import { nearest } from '../../config/nearest.ts';
import { writtenProblems } from '../app/providers/written-problems.ts';
import { parseProviderDefinition, parseWhereabouts } from '../http/schemas/provider-definition.ts';
import { AppError, type Problem } from '../kernel/errors.ts';
import type { GivenDefinition } from './asks/providers.ts';
import { readSmallFile } from './read-file.ts';

const MOST_BYTES = 1_000_000;
const MOST_ALIASES = 50;

export type Environment = Readonly<Record<string, string | undefined>>;

/**
 * Reads a provider definition from a YAML file. `${NAME}` in the texts under
 * `connection`, and nowhere else, is taken from the environment.
 *
 * @param scope `whereabouts`: name, connector and connection are enough; the rest is made up.
 * @throws AppError `DEFINITION_INVALID` with every problem at once, or of the file.
 */
export async function readDefinition(
  path: string,
  environment: Environment,
  scope: 'whole' | 'whereabouts' = 'whole',
): Promise<GivenDefinition> {
  return parseDefinition(await readSmallFile(path, MOST_BYTES), { path, environment, scope });
}

/** The same for text that has been read; `path` is what messages call it. */
export function parseDefinition(
  text: string,
  about: {
    readonly path: string;
    readonly environment: Environment;
    readonly scope: 'whole' | 'whereabouts';
  },
): GivenDefinition {
  const document = parseYaml(text, about.path);
  const missing = substitute(document, about.environment);
  const parse = about.scope === 'whole' ? parseProviderDefinition : parseWhereabouts;
  const read = parse(document, nearest);
  const places = new Set(missing.map(({ path }) => path));
  const found = read.ok ? [] : read.problems.filter(({ path }) => !places.has(path));
  // Told now even where nothing else is wrong: another file may have other faults.
  const written =
    about.scope === 'whole' ? writtenProblems(read.ok ? read.value.definition : read.written) : [];
  const problems = [...missing, ...found, ...written];
  if (!read.ok || problems.length > 0) throw refuse(about.path, problems);
  const { definition, password } = read.value;
  return {
    document: withoutPassword(document),
    definition,
    password: password === undefined ? null : new Secret(password),
  };
}

function withoutPassword(document: unknown): Readonly<Record<string, unknown>> {
  const { connection, ...rest } = Object(document) as Record<string, unknown>;
  const { password: _secret, ...where } = Object(connection) as Record<string, unknown>;
  return { ...rest, connection: where };
}

function parseYaml(text: string, path: string): unknown {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false, customTags: [] });
  const problems = [...document.errors, ...document.warnings].map(({ pos, code, message }): Problem => {
    const { line, col } = lines.linePos(pos[0]);
    return { path: `line ${line}, column ${col}`, code, message, remedy: '' };
  });
  if (problems.length > 0) throw refuse(path, problems);
  try {
    return document.toJS({ maxAliasCount: MOST_ALIASES });
  } catch (cause) {
    throw new AppError({
      kind: 'invalid',
      code: 'DEFINITION_INVALID',
      message: `${path} cannot be read as YAML.`,
      remedy: 'Write values out instead of using so many aliases.',
      cause,
    });
  }
}

const VARIABLE = /\$\{([A-Za-z_]\w*)\}/g;

/** Replaces variables in the connection's texts, in place. @returns the ones that are not set. */
function substitute(document: unknown, environment: Environment): Problem[] {
  const connection = groupAt(document, 'connection');
  if (connection === null) return [];
  const problems: Problem[] = [];
  for (const [key, value] of Object.entries(connection)) {
    if (typeof value !== 'string') continue;
    connection[key] = value.replaceAll(VARIABLE, (whole, name: string) => {
      const set = environment[name];
      if (set === undefined) problems.push(unset(`connection.${key}`, name));
      return set ?? whole;
    });
  }
  return problems;
}

function groupAt(document: unknown, key: string): Record<string, unknown> | null {
  if (typeof document !== 'object' || document === null) return null;
  const group: unknown = Object.getOwnPropertyDescriptor(document, key)?.value;
  return typeof group === 'object' && group !== null ? (group as Record<string, unknown>) : null;
}

function unset(path: string, name: string): Problem {
  return {
    path,
    code: 'VARIABLE_MISSING',
    message: `asks for the environment variable ${name}, which is not set`,
    remedy: `Set it, for example with: read -rs ${name} && export ${name}`,
  };
}

function refuse(path: string, problems: readonly Problem[]): AppError {
  const count = problems.length === 1 ? '1 problem' : `${problems.length} problems`;
  return new AppError({
    kind: 'invalid',
    code: 'DEFINITION_INVALID',
    message: `${path} has ${count}; nothing was changed.`,
    problems,
  });
}
