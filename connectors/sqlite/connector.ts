import { forFiles, type Connector } from '../contract/connector.ts';
import { writableOf } from '../contract/writable.ts';
import { createPollFeed } from './changes/poll.ts';
import { checkProvider } from './check.ts';
import { countRecords } from './count.ts';
import { describeQuery } from './describe-query.ts';
import { discoverSchema } from './discover.ts';
import { readFingerprints } from './fingerprints.ts';
import { printGrants } from './grants.ts';
import { Pool } from './pool.ts';
import { readPage } from './read-page.ts';
import { readRecords } from './read-records.ts';
import { createReader } from './reader.ts';
import { verifyPassword } from './verify-password.ts';
import { replacePassword } from './write-password.ts';

/**
 * A SQLite 3 file on this machine. A query as source can be read and never
 * written. There is no password for a file; one that is given is not used.
 */
export const openSqlite = forFiles((options, tools) => {
  const pool = new Pool(options.connection, tools);
  const reader = createReader(pool, options);
  const writable = writableOf(options);
  const { verifyQuery: query } = options;
  const { mode, cursor } = options.changes;
  return {
    check: (signal, tell) => checkProvider({ options, pool, tools, tell }, signal),
    discover: (signal) => discoverSchema(pool, signal),
    ...(options.source.query !== undefined && {
      describeQuery: (signal: AbortSignal) => describeQuery(pool, options.source, signal),
    }),
    grants: () => printGrants(options),
    records: {
      page: (after, limit, signal) => readPage(reader, { after, limit }, signal),
      get: (keys, signal) => readRecords(reader, keys, signal),
      count: (signal) => countRecords(reader, signal),
      fingerprints: (signal, only) => readFingerprints(reader, signal, only),
    },
    ...(mode === 'poll' && cursor !== undefined && { changes: createPollFeed(reader, cursor) }),
    ...(writable !== null && {
      passwords: {
        // SQLite keeps what it is given, whatever width a column declares.
        capacity: () => Promise.resolve(null),
        replace: (change, signal) => replacePassword(reader, { writable, change }, signal),
      },
    }),
    ...(query !== undefined && {
      verifier: {
        verify: (key, password, signal) => verifyPassword(reader, { query, key, password }, signal),
      },
    }),
    [Symbol.asyncDispose]: () => pool[Symbol.asyncDispose](),
  } satisfies Connector;
});
