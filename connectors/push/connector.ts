import type { Connector, OpenConnector } from '../contract/connector.ts';
import { checkProvider } from './check.ts';
import { discoverSchema } from './discover.ts';
import { readFingerprints } from './fingerprints.ts';
import { printGrants } from './grants.ts';
import { readPage } from './read-page.ts';
import { readRecords } from './read-records.ts';
import type { Reader } from './reader.ts';

/**
 * A provider whose database we cannot reach: its records come to us, are kept in an
 * inbox, and are read from there as those of any other provider. Nothing can be
 * written back.
 */
export const openPush: OpenConnector = (options, { inbox }) => {
  if (inbox === undefined) throw new Error('the push connector reads an inbox and was given none');
  const { columns, passwordColumn } = options;
  const reader: Reader = { inbox, columns, passwordColumn };
  return {
    check: (signal) => checkProvider(options, inbox, signal),
    discover: (signal) => discoverSchema(options, inbox, signal),
    grants: () => printGrants(options),
    records: {
      page: (after, limit, signal) => readPage(reader, { after, limit }, signal),
      get: (keys, signal) => readRecords(reader, keys, signal),
      count: (signal) => inbox.count(signal),
      fingerprints: (signal, only) => readFingerprints(reader, signal, only),
    },
    [Symbol.asyncDispose]: () => Promise.resolve(),
  } satisfies Connector;
};
