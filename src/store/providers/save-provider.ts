import type { ProviderDefinition } from '../../../connectors/contract/definition.ts';
import type { Transaction } from '../transaction.ts';

export interface SavedProvider {
  readonly id: string;
  readonly definition: ProviderDefinition;
  /** Sealed; null: the database asks for none. */
  readonly password: Buffer | null;
  /** The stored position does not belong to what the definition says now. */
  readonly historyBroken: boolean;
}

/** Adds a provider, version 1. */
export async function insertProvider(tx: Transaction, provider: SavedProvider): Promise<void> {
  const { id, definition, password } = provider;
  await tx.query(
    'INSERT INTO providers (id, name, connector, definition, password) VALUES ($1, $2, $3, $4, $5)',
    [id, definition.name, definition.connector, JSON.stringify(definition), password],
  );
}

/** Replaces definition and password; the version grows by one. A fault that was noted may be mended by now. */
export async function updateProvider(tx: Transaction, provider: SavedProvider): Promise<void> {
  const { id, definition, password, historyBroken } = provider;
  await tx.query(
    `UPDATE providers SET connector = $2, definition = $3, password = $4, version = version + 1,
       checkpoint = CASE WHEN $5 THEN NULL ELSE checkpoint END, last_error_code = NULL, last_error = NULL, last_error_at = NULL, updated_at = now()
     WHERE id = $1`,
    [id, definition.connector, JSON.stringify(definition), password, historyBroken],
  );
}
