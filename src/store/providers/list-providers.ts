import type { ConnectorKind, ProviderDefinition } from '../../../connectors/contract/definition.ts';
import type { RunKind, RunState } from '../../domain/runs/run.ts';
import type { Transaction } from '../transaction.ts';

/** A provider as it is shown. */
export interface ListedProvider {
  readonly name: string;
  readonly connector: ConnectorKind;
  readonly definition: ProviderDefinition;
  readonly version: number;
  readonly hasPassword: boolean;
  readonly pausedAt: Date | null;
  readonly lastErrorCode: string | null;
  readonly lastError: string | null;
  readonly lastErrorAt: Date | null;
  readonly createdAt: Date;
  readonly updatedAt: Date;
  readonly profiles: ProfileCounts;
  /** Null: there has been none. */
  readonly lastRun: LastRun | null;
}

export interface ProfileCounts {
  readonly linked: number;
  readonly enabled: number;
  /** Linked to a record that is gone. */
  readonly gone: number;
}

export interface LastRun {
  readonly id: string;
  readonly kind: RunKind;
  readonly state: RunState;
  /** ISO 8601. */
  readonly createdAt: string;
  readonly finishedAt: string | null;
}

/** By name; all of them when `name` is null. Their people are not counted here: triggers keep `provider_counts`. */
export async function listProviders(
  tx: Transaction,
  name: string | null,
): Promise<readonly ListedProvider[]> {
  return await tx.query<ListedProvider[]>(
    `SELECT provider.name, provider.connector, provider.definition, provider.version,
            provider.password IS NOT NULL AS "hasPassword", provider.paused_at AS "pausedAt",
            provider.last_error_code AS "lastErrorCode", provider.last_error AS "lastError",
            provider.last_error_at AS "lastErrorAt", provider.created_at AS "createdAt",
            provider.updated_at AS "updatedAt",
            (SELECT jsonb_build_object('linked', coalesce(sum(linked), 0), 'enabled', coalesce(sum(enabled), 0),
                      'gone', coalesce(sum(gone), 0))
             FROM provider_counts WHERE provider_id = provider.id) AS profiles,
            (SELECT jsonb_build_object('id', run.id, 'kind', run.kind, 'state', run.state,
                      'createdAt', run.created_at, 'finishedAt', run.finished_at)
             FROM runs run WHERE run.provider_id = provider.id AND run.kind <> 'record'
             ORDER BY run.created_at DESC LIMIT 1) AS "lastRun"
     FROM providers provider WHERE $1::text IS NULL OR provider.name = $1 ORDER BY provider.name`,
    [name],
  );
}
