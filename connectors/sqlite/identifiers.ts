import { ConnectorError } from '../contract/errors.ts';

/** @returns the name as SQLite reads it literally, whatever it holds. */
export function quote(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}

const NAME = /^(?:"(?<quoted>(?:[^"]|"")+)"|(?<plain>[^".]+))$/;
/** What SQLite calls the file that was opened. */
const MAIN = 'main.';

/**
 * Reads the name of a table or view as a definition has it, with or without
 * `main.` before it. Names are taken as they stand: upper case stays upper case.
 * A name in double quotes may hold dots.
 *
 * @throws ConnectorError `SOURCE_SCHEMA_CHANGED` when the text is no such name.
 */
export function parseTableName(text: string): string {
  const { quoted, plain } = NAME.exec(text.startsWith(MAIN) ? text.slice(MAIN.length) : text)?.groups ?? {};
  const name = quoted?.replaceAll('""', '"') ?? plain;
  if (name !== undefined) return name;
  throw new ConnectorError('SOURCE_SCHEMA_CHANGED', `${text} does not name a table of a file`);
}

/** The reverse of {@link parseTableName}, for people: quoted only where it must be. */
export function printTableName(name: string): string {
  return /[".]/.test(name) ? quote(name) : name;
}
