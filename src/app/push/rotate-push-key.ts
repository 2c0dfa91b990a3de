import { randomBytes } from 'node:crypto';
import { Secret } from '../../../connectors/contract/secret.ts';
import { AppError, missing } from '../../kernel/errors.ts';
import { appendAudit } from '../../store/operators/append-audit.ts';
import { lockProvider } from '../../store/providers/lock-provider.ts';
import { recordProviderEvent } from '../../store/providers/record-provider-event.ts';
import { lockEndpoint, saveKey } from '../../store/push/endpoint.ts';
import type { AppContext } from '../context.ts';

/** What a provider's signing keys are bound to when sealed. */
export function keyBinding(providerId: string): string {
  return `push_endpoints/key/${providerId}`;
}

export function oldKeyBinding(providerId: string): string {
  return `push_endpoints/old_key/${providerId}`;
}

export interface PushKey {
  /** `whsec_` and 32 bytes in base64; it cannot be shown again. */
  readonly key: Secret;
  /** There was another, and it is good for 24 hours more. */
  readonly rotated: boolean;
}

const KEY_BYTES = 32;

/**
 * Makes the key that a provider's system signs its posts with, or a new one. The
 * one before it stays good for 24 hours; the one before that does not.
 *
 * @throws AppError `PROVIDER_NOT_FOUND`, or `PUSH_NOT_CONFIGURED` when the definition has another mode.
 */
export async function rotatePushKey(
  context: AppContext,
  { name, actor }: { readonly name: string; readonly actor: string },
): Promise<PushKey> {
  const { store, keyring } = context;
  const key = new Secret(`whsec_${randomBytes(KEY_BYTES).toString('base64')}`);
  return await store.transaction(async (tx) => {
    const provider = await lockProvider(tx, name);
    if (provider === null) throw missing('provider', name, 'List them with: tributary provider list');
    if (provider.definition.changes.mode !== 'push') throw notConfigured(name);
    const { id } = provider;
    const before = await lockEndpoint(tx, id);
    const kept = before === null ? null : keyring.open(before.key, keyBinding(id));
    await saveKey(tx, id, {
      key: keyring.seal(key, keyBinding(id)),
      oldKey: kept === null ? null : keyring.seal(kept, oldKeyBinding(id)),
    });
    const rotated = before !== null;
    const cause = { kind: 'operator', name: actor } as const;
    await recordProviderEvent(tx, { providerId: id, kind: 'push-key', cause, detail: { rotated } });
    await appendAudit(tx, keyring, { actor, action: 'provider.key', subject: name, detail: { rotated } });
    return { key, rotated };
  });
}

export function notConfigured(name: string): AppError {
  return new AppError({
    kind: 'conflict',
    code: 'PUSH_NOT_CONFIGURED',
    message: `Nothing is pushed by ${name}: its definition says so.`,
    remedy: 'Set changes.mode: push and apply the definition.',
  });
}
