import { Secret } from '../../connectors/contract/secret.ts';
import { describeError } from './describe-error.ts';

/** What a field of a log line may be once it has been made safe to print. */
export type Plain = string | number | boolean | null | readonly Plain[] | { readonly [name: string]: Plain };

/** A second line of defence: values with these names are secrets whatever they are wrapped in. */
const SECRET_NAME = /pass(word|wd|phrase)|secret|token|hash|authori[sz]ation|cookie|credential|api.?key/i;
const ID_NAME = /(id|ids|version|state|count|format|minimum)$/i;
const REDACTED = '[redacted]';
/** Deeper or longer than this is data rather than a fact about what happened. */
const DEEPEST = 6;
const LONGEST_LIST = 50;
const LONGEST_TEXT = 8_192;

/**
 * Anything at all as plain data that holds no secret, for logs. Errors keep their
 * causes, loops are cut, and what cannot be read is named instead.
 */
export function plainFields(fields: object): Readonly<Record<string, Plain>> {
  return plainObject(fields instanceof Error ? { error: fields } : fields, []);
}

function plain(value: unknown, above: readonly object[]): Plain {
  switch (typeof value) {
    case 'string':
      return plainText(value);
    case 'number':
      return Number.isFinite(value) ? value : String(value);
    case 'boolean':
      return value;
    case 'bigint':
      return String(value);
    case 'object':
      return value === null ? null : plainThing(value, above);
    case 'undefined':
      return null;
    case 'function':
    case 'symbol':
      return `[${typeof value}]`;
  }
}

function plainThing(value: object, above: readonly object[]): Plain {
  if (above.includes(value)) return '[circular]';
  if (above.length >= DEEPEST) return '[deeper]';
  if (value instanceof Secret) return value.toString();
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? '[no date]' : value.toISOString();
  if (value instanceof URL) return plainText(value.href);
  if (value instanceof Error) return plainObject(describeError(value), [...above, value]);
  if (ArrayBuffer.isView(value)) return `[${value.byteLength} bytes]`;
  if (value instanceof Map) return plainList([...value.entries()], [...above, value]);
  if (Array.isArray(value) || value instanceof Set) return plainList([...value], [...above, value]);
  return plainObject(value, [...above, value]);
}

function plainList(values: readonly unknown[], above: readonly object[]): readonly Plain[] {
  const shown = values.slice(0, LONGEST_LIST).map((value) => plain(value, above));
  return values.length > LONGEST_LIST ? [...shown, `[${values.length - LONGEST_LIST} more]`] : shown;
}

function plainObject(value: object, above: readonly object[]): Readonly<Record<string, Plain>> {
  const entries = Object.keys(value).map((name): [string, Plain] => {
    const held = read(value, name);
    return [name, isSecretName(name, held) ? REDACTED : plain(held, above)];
  });
  return Object.fromEntries(entries);
}

/** A getter may throw; a log line must not. */
function read(value: object, name: string): unknown {
  try {
    return (value as Readonly<Record<string, unknown>>)[name];
  } catch {
    return '[unreadable]';
  }
}

function isSecretName(name: string, value: unknown): boolean {
  if (value === null || ['undefined', 'number', 'boolean'].includes(typeof value)) return false;
  return SECRET_NAME.test(name) && !ID_NAME.test(name);
}

/** The login in a URL, as in `postgres://user:password@host`. */
const URL_LOGIN = /\b([a-z][a-z0-9+.-]*:\/\/[^\s:@/]*):[^\s@/]+@/gi;

function plainText(text: string): string {
  const cut = text.length > LONGEST_TEXT ? `${text.slice(0, LONGEST_TEXT)}…` : text;
  return cut.replace(URL_LOGIN, '$1:********@');
}
