import { afterAll, beforeAll, describe } from '@jest/globals';
import { startMariadb } from './mariadb.ts';
import type { MysqlServer } from './mysql-server.ts';
import { describeMysql, startMysql } from './mysql.ts';

/** One of the two servers that `connector: mysql` reads. */
export interface Kind {
  readonly name: 'MariaDB' | 'MySQL';
  /** The usual collation of a database there. */
  readonly collation: string;
  readonly describe: typeof describe | typeof describe.skip;
  readonly start: (settings?: readonly string[]) => Promise<MysqlServer>;
}

export const MARIADB: Kind = {
  name: 'MariaDB',
  collation: 'utf8mb4_general_ci',
  describe,
  start: startMariadb,
};
export const MYSQL: Kind = {
  name: 'MySQL',
  collation: 'utf8mb4_0900_ai_ci',
  describe: describeMysql,
  start: startMysql,
};

/** Registers tests for each of the two. */
export function describeKinds(subject: string, register: (kind: Kind) => void): void {
  for (const kind of [MARIADB, MYSQL]) kind.describe(`${subject} ${kind.name}`, () => register(kind));
}

/** The same with a server of its own for each. */
export function describeBoth(
  subject: string,
  register: (server: () => MysqlServer, kind: Kind) => void,
): void {
  describeKinds(subject, (kind) => {
    let server: MysqlServer | null = null;
    beforeAll(async () => {
      server = await kind.start();
    });
    register(() => {
      if (server === null) throw new Error(`${kind.name} did not start`);
      return server;
    }, kind);
    // They run in this order: what was registered may still need the server.
    afterAll(async () => {
      await server?.[Symbol.asyncDispose]();
    });
  });
}
