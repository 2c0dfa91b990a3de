import { readFile } from 'node:fs/promises';
import { parseEnv } from 'node:util';
import { FILE_VARIABLE, type ConfigProblem } from './config-error.ts';
import { OPTIONS } from './options.ts';

/** What a file of settings says, by name, and what is wrong with the file itself. */
export interface SettingsFile {
  readonly settings: ReadonlyMap<string, string>;
  readonly problems: readonly ConfigProblem[];
}

const KNOWN: readonly string[] = Object.values(OPTIONS).map((option) => option.variable);

/**
 * Reads a file of settings: YAML (`.yaml`, `.yml`), a mapping of option names to
 * values, or lines of NAME=value (any other name). Lists are joined with commas.
 */
export async function readSettingsFile(path: string): Promise<SettingsFile> {
  let content: string;
  try {
    content = await readFile(path, 'utf8');
  } catch {
    return unusable(`the file ${path} cannot be read`, 'Check the path and its rights, or unset it.');
  }
  if (/\.ya?ml$/i.test(path)) return await readYaml(path, content);
  const lines = Object.entries(parseEnv(content)).map(([name, text]): [string, string] => [name, text ?? '']);
  return { settings: new Map(lines), problems: [] };
}

async function readYaml(path: string, content: string): Promise<SettingsFile> {
  // Loaded only when there is a file: it takes 50 ms, which every command would pay.
  const { parseDocument } = await import('yaml');
  const document = parseDocument(content, { logLevel: 'silent' });
  const [error] = document.errors;
  if (error !== undefined) {
    // The parser's message quotes the line, which may hold a password: only the place is told.
    const line = error.linePos?.[0].line ?? 1;
    return unusable(
      `the file ${path} is not valid YAML at line ${line}`,
      'Mend that line or the one before it.',
    );
  }
  const values: unknown = document.toJS();
  if (values === null) return { settings: new Map(), problems: [] };
  if (typeof values !== 'object' || Array.isArray(values)) {
    return unusable(`the file ${path} is not a mapping`, 'Write lines such as TRIBUTARY_PORT: 4600.');
  }
  return readEntries(Object.entries(values));
}

function readEntries(entries: readonly (readonly [string, unknown])[]): SettingsFile {
  const settings = new Map<string, string>();
  const problems: ConfigProblem[] = [];
  for (const [variable, value] of entries) {
    const text = plainText(value);
    if (text === null) problems.push({ variable, ...NOT_PLAIN });
    else settings.set(variable, text);
    // Names with our prefix are looked at by the loader, wherever they come from.
    if (!variable.startsWith('TRIBUTARY_') && !KNOWN.includes(variable))
      problems.push({ variable, ...UNKNOWN });
  }
  return { settings, problems };
}

const NOT_PLAIN = {
  message: 'the value in the file is neither text, a number, true, false nor a list',
  remedy: 'Write one plain value.',
};
const UNKNOWN = {
  message: 'there is no such option',
  remedy: 'Remove it from the file; the names are those of the environment variables.',
};

/** Null for what is not plain. A name without a value is unset. */
function plainText(value: unknown): string | null {
  if (value === null) return '';
  if (typeof value === 'string') return value;
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  if (!Array.isArray(value)) return null;
  const parts = value.map((part: unknown) => (Array.isArray(part) ? null : plainText(part)));
  return parts.includes(null) ? null : parts.join(',');
}

function unusable(message: string, remedy: string): SettingsFile {
  return { settings: new Map(), problems: [{ variable: FILE_VARIABLE, message, remedy }] };
}
