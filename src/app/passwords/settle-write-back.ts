import type { SourceRecord } from '../../../connectors/contract/record.ts';
import type { Secret } from '../../../connectors/contract/secret.ts';
import type { Cause } from '../../domain/cause.ts';
import { heldAt, storedPassword } from '../../domain/passwords/stored-password.ts';
import { mapRecord } from '../../domain/mapping/map-record.ts';
import { seenFlags } from '../../domain/mapping/seen-flags.ts';
import { fieldChanges } from '../../domain/runs/field-changes.ts';
import { ProfileEntity } from '../../store/entities/directory.ts';
import { adoptProviderHash } from '../../store/passwords/adopt-provider-hash.ts';
import type { WriteBackToDeliver } from '../../store/passwords/begin-write-back.ts';
import { deleteSessionsOf } from '../../store/passwords/delete-sessions-of.ts';
import { endWriteBack, type EndedWriteBack } from '../../store/passwords/end-write-back.ts';
import { takeAdvance } from '../../store/passwords/take-advance.ts';
import { setProviderHash } from '../../store/passwords/set-provider-hash.ts';
import { recordEvents, type NewEvent } from '../../store/profiles/record-events.ts';
import { refreshLink } from '../../store/profiles/refresh-link.ts';
import type { Transaction } from '../../store/transaction.ts';
import type { AppContext } from '../context.ts';
import { providerHash } from './effective-hash.ts';
import { providerHashBinding } from './hash-bindings.ts';
import { expectedBinding } from './write-back-bindings.ts';

const CAUSE: Cause = { kind: 'system' };

interface Written {
  readonly hash: Secret;
  readonly record: SourceRecord;
  /** A password that was set at the provider meanwhile gave way. */
  readonly overwrote: boolean;
}

/** The provider holds the new password: the store says so, and takes the record as it is now. */
export async function settleWritten(
  context: AppContext,
  writeBack: WriteBackToDeliver,
  { hash, record, overwrote }: Written,
): Promise<void> {
  // As it is kept there: columns that belong to the hash may say more than we wrote.
  const kept = storedPassword(writeBack.provider.definition, record) ?? hash;
  await context.store.transaction(async (tx) => {
    const ended = await end(tx, writeBack, { state: 'written', errorCode: null, error: null });
    // What the provider holds is true also when a newer password has superseded this one meanwhile.
    const sealed = readsNoHash(writeBack) ? null : seal(context, writeBack, kept);
    const takesOver = writeBack.effective !== 'local' && isOther(context, writeBack, kept);
    if (ended && takesOver) await putInForce(tx, writeBack, sealed);
    else if (sealed !== null) await setProviderHash(tx, writeBack.profileId, sealed);
    if (readsNoHash(writeBack) && writeBack.link !== null) await takeAdvance(tx, writeBack.link.id);
    if (!ended) return;
    await takeRecord(tx, writeBack, record);
    // Somebody's password at the provider is no longer good: whoever asks why finds it here.
    if (overwrote) await tell(tx, writeBack, { kind: 'write-back-conflict', detail: { inForce: 'here' } });
    await tell(tx, writeBack, { kind: 'password-written-back', detail: {} });
  });
}

/** The provider's own password was changed and wins: it signs in from now on, and every session ends. */
export async function settleConflict(
  context: AppContext,
  writeBack: WriteBackToDeliver,
  current: SourceRecord,
): Promise<void> {
  await context.store.transaction(async (tx) => {
    const about = canSignIn(writeBack)
      ? {
          state: 'conflict' as const,
          error: 'the password was changed at the provider meanwhile; the one there is in force',
        }
      : {
          state: 'failed' as const,
          error:
            'the record was changed at the provider meanwhile; the password set here is in force here alone',
        };
    // What an operator decides about is this, and nothing that comes after it.
    const seen = seenAt(context, writeBack, current);
    const ended = await end(tx, writeBack, { ...about, errorCode: 'PASSWORD_CHANGED', seen });
    if (!ended) return;
    const hash = storedPassword(writeBack.provider.definition, current);
    // When a run has adopted the provider's password already, that has ended the sessions too.
    const isNews = writeBack.effective === 'local' || isOther(context, writeBack, hash);
    if (isNews && canSignIn(writeBack)) {
      const sealed = hash === null ? null : seal(context, writeBack, hash);
      await putInForce(tx, writeBack, sealed);
    }
    await tell(tx, writeBack, { kind: 'write-back-conflict', detail: { inForce: 'provider' } });
  });
}

/** Whether this is another password than the one we knew the provider to hold. */
function isOther(context: AppContext, writeBack: WriteBackToDeliver, held: Secret | null): boolean {
  const { providerHash: sealed, profileId } = writeBack;
  const known = sealed === null ? null : providerHash(context, profileId, sealed);
  return known?.reveal() !== held?.reveal();
}

/** The password there signs in, and every session of the one before ends. */
async function putInForce(
  tx: Transaction,
  { profileId }: WriteBackToDeliver,
  sealed: Buffer | null,
): Promise<void> {
  await adoptProviderHash(tx, profileId, sealed);
  await deleteSessionsOf(tx, profileId);
}

function seenAt(context: AppContext, writeBack: WriteBackToDeliver, current: SourceRecord): Buffer | null {
  const seen = heldAt(writeBack.provider.definition, current);
  return seen === null ? null : context.keyring.seal(seen, expectedBinding(writeBack.id));
}

function readsNoHash({ provider }: WriteBackToDeliver): boolean {
  return provider.definition.password?.writeBack.compare !== undefined;
}

/** A password that is neither read nor asked about signs nobody in: the one chosen here has to stay. */
function canSignIn(writeBack: WriteBackToDeliver): boolean {
  return !readsNoHash(writeBack) || writeBack.provider.definition.password?.verify !== undefined;
}

/** Left to an operator, who can have it tried again. */
export async function settleUnwritten(
  context: AppContext,
  writeBack: WriteBackToDeliver,
  ended: { readonly state: 'missing' | 'failed'; readonly code: string; readonly reason: string },
): Promise<void> {
  const { state, code, reason } = ended;
  await context.store.transaction(async (tx) => {
    if (await end(tx, writeBack, { state, errorCode: code, error: reason }))
      await tell(tx, writeBack, { kind: `write-back-${state}`, detail: { code, reason } });
  });
}

async function end(
  tx: Transaction,
  writeBack: WriteBackToDeliver,
  about: Omit<EndedWriteBack, 'id'>,
): Promise<boolean> {
  return await endWriteBack(tx, { id: writeBack.id, ...about });
}

/**
 * The next run must not take our own write for a change. But when something else
 * at the record has changed too, that run must see it: the link stays as it is
 * then, and the run finds the password already known.
 */
async function takeRecord(
  tx: Transaction,
  writeBack: WriteBackToDeliver,
  record: SourceRecord,
): Promise<void> {
  const { link, provider, profileId } = writeBack;
  const profile = await tx.findOneBy(ProfileEntity, { id: profileId });
  const mapped = mapRecord(provider.definition, record);
  if (link === null || profile === null || !mapped.ok) return;
  const { forceReset, preRegistration } = profile;
  const { fields, enabled } = mapped.record;
  const changes = fieldChanges(profile, { ...fields, enabled, forceReset, preRegistration });
  if (Object.keys(changes).length > 0) return;
  const seen = seenFlags(provider.definition, record);
  await refreshLink(tx, { id: link.id, fingerprint: record.fingerprint, seen });
}

function seal(context: AppContext, writeBack: WriteBackToDeliver, hash: Secret): Buffer {
  return context.keyring.seal(hash, providerHashBinding(writeBack.profileId));
}

async function tell(
  tx: Transaction,
  { profileId, provider, id }: WriteBackToDeliver,
  event: Pick<NewEvent, 'kind' | 'detail'>,
): Promise<void> {
  const detail = { provider: provider.name, writeBack: id, ...event.detail };
  await recordEvents(tx, CAUSE, [{ profileId, kind: event.kind, detail }]);
}
