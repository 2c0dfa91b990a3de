import { DataSource } from 'typeorm';
import type { Secret } from '../../connectors/contract/secret.ts';
import type { Logger } from '../../connectors/contract/tools.ts';
import { AppError } from '../kernel/errors.ts';
import { ENTITIES } from './entities/index.ts';
import { Initial1764000000000 } from './migrations/1764000000000-initial.ts';
import { Changes1764200000000 } from './migrations/1764200000000-changes.ts';
import { Operators1764400000000 } from './migrations/1764400000000-operators.ts';
import { Search1764400000001 } from './migrations/1764400000001-search.ts';
import { Invitations1764500050000 } from './migrations/1764500050000-invitations.ts';
import { Compared1764600000000 } from './migrations/1764600000000-compared.ts';
import { Console1764700000000 } from './migrations/1764700000000-console.ts';
import { AuditSubjects1764800000000 } from './migrations/1764800000000-audit-subjects.ts';
import { Keys1764900000000 } from './migrations/1764900000000-keys.ts';
import { MadeWithTokens1764910000000 } from './migrations/1764910000000-made-with-tokens.ts';
import { ByTime1764950000000 } from './migrations/1764950000000-by-time.ts';
import { KeptCounts1764960000000 } from './migrations/1764960000000-kept-counts.ts';
import { LongLists1764960000001 } from './migrations/1764960000001-long-lists.ts';
import { AuditActors1764970000000 } from './migrations/1764970000000-audit-actors.ts';

export interface StoreOptions {
  /** `postgres://user:password@host:port/database`. */
  readonly url: Secret;
  /** Connections in the pool. */
  readonly poolSize: number;
  readonly logger: Logger;
}

/**
 * @param closing aborted when the store is about to be closed: connections that break from then on are nobody's business.
 * @throws AppError `STORE_UNREACHABLE` when no connection can be made.
 */
export async function createDataSource(options: StoreOptions, closing: AbortSignal): Promise<DataSource> {
  const source = new DataSource({
    type: 'postgres',
    url: options.url.reveal(),
    applicationName: 'tributary',
    entities: [...ENTITIES],
    migrations: [
      Initial1764000000000,
      Changes1764200000000,
      Operators1764400000000,
      Search1764400000001,
      Invitations1764500050000,
      Compared1764600000000,
      Console1764700000000,
      AuditSubjects1764800000000,
      Keys1764900000000,
      MadeWithTokens1764910000000,
      ByTime1764950000000,
      KeptCounts1764960000000,
      LongLists1764960000001,
      AuditActors1764970000000,
    ],
    migrationsTableName: 'schema_migrations',
    poolSize: options.poolSize,
    // Half-open connections hang for ever otherwise: 10 s to connect, 60 s a statement, keep-alive on.
    connectTimeoutMS: 10_000,
    extra: { query_timeout: 120_000, statement_timeout: 120_000, keepAlive: true },
    // pg does not wait for idle connections to end, and an embedded server that stops after them ends them first.
    poolErrorHandler: (error: unknown) => {
      if (!closing.aborted) options.logger.warn('an idle store connection broke', { error });
    },
  });
  try {
    return await source.initialize();
  } catch (cause) {
    throw new AppError({
      kind: 'unavailable',
      code: 'STORE_UNREACHABLE',
      message: 'The store (PostgreSQL) cannot be reached.',
      remedy: 'Check DATABASE_URL: host, port, database, user and password; and that the server runs.',
      cause,
    });
  }
}
