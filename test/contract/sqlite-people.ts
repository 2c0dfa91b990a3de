import type { Connector, FileOptions, PasswordChange } from '../../connectors/contract/connector.ts';
import { Secret } from '../../connectors/contract/secret.ts';
import { openSqlite } from '../../connectors/sqlite/index.ts';
import { silentLogger } from '../support/logger.ts';
import { key } from './fixture.ts';

export type FileOpening = Partial<Omit<FileOptions, 'connection'>>;

/** Opens a connector on the table `people` of a file, which has id, mail and pw, unless told otherwise. */
export function openFile(path: string, opening: FileOpening = {}): Connector {
  return openSqlite(
    {
      name: 'file',
      connection: { file: path },
      password: null,
      source: { table: 'people', key: ['id'] },
      columns: ['mail'],
      passwordColumn: 'pw',
      changes: { mode: 'none' },
      writeBack: { also: {} },
      ...opening,
    },
    {
      logger: silentLogger,
      resolve: (host) => Promise.resolve(host),
      locate: (file) => Promise.resolve(file),
    },
  );
}

/** SQL that makes that table and fills it. */
export function peopleTable(rows: string, id = 'integer PRIMARY KEY'): string {
  return `CREATE TABLE people (id ${id}, mail text, pw text); INSERT INTO people VALUES ${rows}`;
}

export function passwordChange(id: string, from: string, to: string): PasswordChange {
  return { key: key(id), expected: new Secret(from), replacement: new Secret(to) };
}
