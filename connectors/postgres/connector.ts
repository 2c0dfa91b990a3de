import { forServers, type Connector } from '../contract/connector.ts';
import { writableOf } from '../contract/writable.ts';
import { checkProvider } from './check.ts';
import { createFeed } from './changes/feed.ts';
import { countRecords } from './count.ts';
import { readDigests } from './digest.ts';
import { describeQuery } from './describe-query.ts';
import { discoverSchema } from './discover.ts';
import { readFingerprints } from './fingerprints.ts';
import { printGrants } from './grants.ts';
import { Pool } from './pool.ts';
import { readPage } from './read-page.ts';
import { readRecords } from './read-records.ts';
import { createReader } from './reader.ts';
import { createTraceKeeper } from './traces.ts';
import { verifyPassword } from './verify-password.ts';
import { readCapacity, replacePassword } from './write-password.ts';

/**
 * PostgreSQL 11 and later, and what speaks its protocol and has its catalogue.
 * A query as source can be read and never written.
 */
export const openPostgres = forServers((options, tools) => {
  const pool = new Pool(options.connection, options.password, tools);
  const reader = createReader(pool, options);
  const writable = writableOf(options);
  const feed = createFeed(reader);
  const { verifyQuery: query } = options;
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
      digest: (stretch, signal) => readDigests(reader, stretch, signal),
    },
    ...(feed !== null && { changes: feed }),
    ...(writable !== null && {
      passwords: {
        capacity: (signal) => readCapacity(reader, writable.column, signal),
        replace: (change, signal) => replacePassword(reader, { writable, change }, signal),
      },
    }),
    ...(query !== undefined && {
      verifier: {
        verify: (key, password, signal) => verifyPassword(reader, { query, key, password }, signal),
      },
    }),
    traces: createTraceKeeper(pool, options),
    [Symbol.asyncDispose]: () => pool[Symbol.asyncDispose](),
  } satisfies Connector;
});
