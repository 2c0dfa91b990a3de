interface Part {
  readonly name: string;
  readonly type: 'uuid' | 'text';
}

interface SealedColumn {
  readonly table: string;
  readonly column: string;
  /** The primary key. */
  readonly row: readonly [Part, ...Part[]];
}

const uuid = (name: string): Part => ({ name, type: 'uuid' });
const text = (name: string): Part => ({ name, type: 'text' });

/** Every column that holds what a keyring sealed; a test compares the list with the store's columns. */
export const SEALED_COLUMNS = {
  providerPassword: { table: 'providers', column: 'password', row: [uuid('id')] },
  pushKey: { table: 'push_endpoints', column: 'key', row: [uuid('provider_id')] },
  oldPushKey: { table: 'push_endpoints', column: 'old_key', row: [uuid('provider_id')] },
  pushedRecord: { table: 'pushed_records', column: 'record', row: [uuid('provider_id'), text('record_key')] },
  localHash: { table: 'credentials', column: 'local_hash', row: [uuid('profile_id')] },
  providerHash: { table: 'credentials', column: 'provider_hash', row: [uuid('profile_id')] },
  writeBackHash: { table: 'write_backs', column: 'hash', row: [uuid('id')] },
  writeBackExpected: { table: 'write_backs', column: 'expected', row: [uuid('id')] },
  operatorPassword: { table: 'operators', column: 'password', row: [uuid('id')] },
  secondFactor: { table: 'operators', column: 'second_factor', row: [uuid('id')] },
  auditKey: { table: 'audit_keys', column: 'key', row: [text('key_id')] },
} as const satisfies Readonly<Record<string, SealedColumn>>;

export type SealedColumnName = keyof typeof SEALED_COLUMNS;

/** The column as any of them; the constant keeps the exact ones. */
export function sealedColumn(name: SealedColumnName): SealedColumn {
  return SEALED_COLUMNS[name];
}
