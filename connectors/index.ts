import type { OpenConnector } from './contract/connector.ts';
import type { ConnectorKind } from './contract/definition.ts';

/** Every connector there is; a kind that is absent is not built in. Nothing is loaded before it is used. */
export const connectorKinds: Readonly<Partial<Record<ConnectorKind, () => Promise<OpenConnector>>>> = {
  postgres: async () => (await import('./postgres/index.ts')).openPostgres,
  mysql: async () => (await import('./mysql/index.ts')).openMysql,
  sqlite: async () => (await import('./sqlite/index.ts')).openSqlite,
  push: async () => (await import('./push/index.ts')).openPush,
};

/** @returns null when there is no connector of this kind. */
export async function loadConnector(kind: ConnectorKind): Promise<OpenConnector | null> {
  return (await connectorKinds[kind]?.()) ?? null;
}
