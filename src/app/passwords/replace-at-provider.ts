import type { Connector, PasswordOutcome } from '../../../connectors/contract/connector.ts';
import type { RecordKey } from '../../../connectors/contract/record.ts';
import type { Secret } from '../../../connectors/contract/secret.ts';
import type { WriteBackToDeliver } from '../../store/passwords/begin-write-back.ts';
import type { AppContext } from '../context.ts';
import { providerHash } from './effective-hash.ts';

/** `unavailable`: the provider is read-only to us by now. */
export type Replacement = PasswordOutcome | { readonly outcome: 'unavailable' };

/**
 * Replaces the password at the provider, as the definition's `conflict` rule
 * allows. When somebody else changed it first and the rule says that the change
 * made here wins, it is tried once more against what the provider holds now.
 */
export async function replaceAtProvider(
  context: AppContext,
  connector: Connector,
  { writeBack, replacement, signal }: ReplaceRequest,
): Promise<Replacement> {
  const { passwords } = connector;
  if (passwords === undefined) return { outcome: 'unavailable' };
  const key = writeBack.recordKey as RecordKey;
  const { keyring } = context;
  const expected =
    writeBack.expected === null
      ? null
      : keyring.open(writeBack.expected, `write_backs/expected/${writeBack.id}`);
  const first = await passwords.replace({ key, expected, replacement }, signal);
  if (first.outcome !== 'conflict') return first;
  const current = first.current.passwordHash;
  if (!isOursToReplace(context, writeBack, current)) return first;
  return await passwords.replace({ key, expected: current, replacement }, signal);
}

interface ReplaceRequest {
  readonly writeBack: WriteBackToDeliver;
  readonly replacement: Secret;
  readonly signal: AbortSignal;
}

function isOursToReplace(
  context: AppContext,
  writeBack: WriteBackToDeliver,
  current: Secret | null,
): boolean {
  // A run has seen the provider's change since, and has made it the one that signs in: it is known to be newer.
  if (writeBack.effective !== 'local') return false;
  const known =
    writeBack.providerHash === null
      ? null
      : providerHash(context, writeBack.profileId, writeBack.providerHash);
  // An earlier write of ours got through after this one was requested: that is no conflict.
  if (known?.reveal() === current?.reveal()) return true;
  return writeBack.provider.definition.password?.writeBack.conflict !== 'provider';
}
