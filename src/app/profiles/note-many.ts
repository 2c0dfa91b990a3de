import type { Cause } from '../../domain/cause.ts';
import { appendAudit } from '../../store/operators/append-audit.ts';
import type { Transaction } from '../../store/transaction.ts';
import type { AppContext } from '../context.ts';
import type { ManyResult } from './sort-named.ts';

export interface DoneToMany {
  readonly action: string;
  readonly profileIds: readonly string[];
  readonly cause: Cause;
  readonly result: ManyResult;
}

/** One entry of the audit log for what an operator did to many people at once, or to one. */
export async function noteMany(
  context: Pick<AppContext, 'keyring'>,
  tx: Transaction,
  { action, profileIds, cause, result }: DoneToMany,
): Promise<void> {
  if (cause.kind !== 'operator') return;
  const [only = ''] = profileIds;
  await appendAudit(tx, context.keyring, {
    actor: cause.name,
    action,
    subject: profileIds.length === 1 ? only : 'several',
    detail: { done: result.done.length, skipped: result.skipped.length },
  });
}
