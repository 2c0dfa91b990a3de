import { dirname } from 'node:path';
import type { FileOptions } from '../contract/connector.ts';

/**
 * See Connector.grants. A file has no logins: rights are those of the user that
 * Tributary runs as, on the whole file.
 */
export function printGrants(options: FileOptions): string {
  const file = quoteShell(options.connection.file);
  const folder = quoteShell(dirname(options.connection.file));
  const lines = [
    '# A SQLite file has no logins: whoever may read the file may read every table in it.',
    '# Run as root, with the user that Tributary runs as in place of tributary.',
    `setfacl -m u:tributary:x ${folder}`,
    `setfacl -m u:tributary:${options.writeBack === null ? 'r' : 'rw'} ${file}`,
    ...(options.writeBack === null ? [] : writeGrants(folder)),
    '# And for Tributary itself, in its configuration:',
    `TRIBUTARY_SQLITE_FOLDERS=${dirname(options.connection.file)}`,
  ];
  return `${lines.join('\n')}\n`;
}

/** SQLite keeps a journal in the folder while it writes. What either side makes there, both have to be able to use. */
function writeGrants(folder: string): readonly string[] {
  return [
    '# Writing a password needs a journal beside the file, for as long as the write takes:',
    `setfacl -m u:tributary:rwx ${folder}`,
    `setfacl -d -m u:tributary:rw ${folder}`,
  ];
}

function quoteShell(text: string): string {
  return /^[\w./-]+$/.test(text) ? text : `'${text.replaceAll("'", String.raw`'\''`)}'`;
}
