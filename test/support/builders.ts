import type { FieldRule, ProviderDefinition } from '../../connectors/contract/definition.ts';
import { encodeKey, fingerprintOf, type SourceRecord } from '../../connectors/contract/record.ts';
import { Secret } from '../../connectors/contract/secret.ts';

/** A column taken as it is. */
export function column(name: string): FieldRule {
  return { column: name, transform: [] };
}

/** A complete definition of a small provider; `over` replaces whole parts. */
export function aDefinition(over: Partial<ProviderDefinition> = {}): ProviderDefinition {
  return {
    name: 'acme-hr',
    connector: 'postgres',
    connection: { host: '127.0.0.1', port: 5432, database: 'hr', user: 'tributary', tls: 'disable' },
    source: { table: 'people', key: ['id'] },
    changes: { mode: 'none' },
    mapping: {
      username: column('login'),
      email: { column: 'mail', transform: ['trim', 'lower'] },
      givenName: column('first_name'),
      familyName: column('last_name'),
      enabled: column('active'),
      attributes: { department: column('dept') },
    },
    password: {
      column: 'pw_hash',
      format: 'auto',
      onboarding: 'none',
      writeBack: { enabled: true, set: {}, conflict: 'newest' },
    },
    match: 'none',
    safeguards: {
      deletions: { count: 500, percent: 5, floor: 20 },
      changes: { percent: 50, floor: 100 },
      emails: 1000,
    },
    ...over,
  };
}

/** A record as a connector would hand it over. */
export function aRecord(
  key: string,
  values: Readonly<Record<string, string | null>> = {},
  hash: string | null = null,
): SourceRecord {
  const all = {
    login: `user${key}`,
    mail: `user${key}@example.org`,
    first_name: 'Ada',
    last_name: 'Byron',
    active: 'true',
    dept: 'Research',
    ...values,
  };
  const ordered = Object.entries(all).toSorted(([a], [b]) => (a < b ? -1 : 1));
  return {
    key: encodeKey([key]),
    values: all,
    passwordHash: hash === null ? null : new Secret(hash),
    fingerprint: fingerprintOf([...ordered.map(([, value]) => value), hash]),
    problems: [],
  };
}
