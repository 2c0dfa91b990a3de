import type { Connector, PasswordOutcome } from '../../../connectors/contract/connector.ts';
import type { ProviderDefinition } from '../../../connectors/contract/definition.ts';
import type { RecordKey, SourceRecord, SourceValue } from '../../../connectors/contract/record.ts';
import { Secret } from '../../../connectors/contract/secret.ts';
import { sourceTime } from '../../domain/passwords/source-time.ts';
import {
  comparedValue,
  hashColumnsOf,
  passwordColumnOf,
  storedPassword,
} from '../../domain/passwords/stored-password.ts';
import type { WriteBackToDeliver } from '../../store/passwords/begin-write-back.ts';
import { noteAdvance } from '../../store/passwords/note-advance.ts';
import type { AppContext } from '../context.ts';
import { providerHash } from './effective-hash.ts';
import { expectedBinding } from './write-back-bindings.ts';

export type Replacement =
  /** `overwrote`: somebody's change at the provider gave way to the password set here. */
  | (PasswordOutcome & { readonly overwrote?: true })
  /** It changed again between two statements of ours. */
  | { readonly outcome: 'contended' }
  /** The provider is read-only to us by now. */
  | { readonly outcome: 'unavailable' };

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
  const { keyring } = context;
  const { definition } = writeBack.provider;
  const expected =
    writeBack.expected === null ? null : keyring.open(writeBack.expected, expectedBinding(writeBack.id));
  const { link } = writeBack;
  const change = {
    key: writeBack.recordKey as RecordKey,
    replacement: passwordColumnOf(replacement),
    also: hashColumnsOf(definition, replacement),
    ...(link !== null && {
      beforeCommit: async (compared: SourceValue) => await noteAdvance(context.store.read, link.id, compared),
    }),
  };
  const first = await passwords.replace(
    { ...change, expected: expected && passwordColumnOf(expected) },
    signal,
  );
  if (first.outcome !== 'conflict') return first;
  // An earlier write of ours got through after this one was requested: that is no conflict.
  const ours = isOurs(context, writeBack, first.current);
  if (!isToPrevail(writeBack, first.current, ours)) return first;
  const second = await passwords.replace(
    { ...change, expected: presentAt(definition, first.current) },
    signal,
  );
  if (second.outcome === 'conflict') return { outcome: 'contended' };
  return ours ? second : { ...second, overwrote: true };
}

interface ReplaceRequest {
  readonly writeBack: WriteBackToDeliver;
  readonly replacement: Secret;
  readonly signal: AbortSignal;
}

/** What the next attempt is compared with. */
function presentAt(definition: ProviderDefinition, current: SourceRecord): Secret | null {
  if (definition.password?.writeBack.compare === undefined) return current.passwordHash;
  const compared = comparedValue(definition, current);
  return compared === null ? null : new Secret(compared);
}

function isOurs(context: AppContext, writeBack: WriteBackToDeliver, record: SourceRecord): boolean {
  const { definition } = writeBack.provider;
  if (definition.password?.writeBack.compare !== undefined) {
    const advanced = writeBack.link?.advanced ?? null;
    return advanced !== null && advanced === comparedValue(definition, record);
  }
  const current = storedPassword(definition, record);
  const known =
    writeBack.providerHash === null
      ? null
      : providerHash(context, writeBack.profileId, writeBack.providerHash);
  return known?.reveal() === current?.reveal();
}

/** Times of two machines are compared here: `newest` is right as far as both clocks are. */
function isToPrevail(writeBack: WriteBackToDeliver, current: SourceRecord, ours: boolean): boolean {
  // A run has seen the provider's change since, and has made it the one that signs in: it is known to be newer.
  if (writeBack.effective !== 'local') return false;
  const rules = writeBack.provider.definition.password;
  if (ours) return true;
  if (rules?.writeBack.conflict === 'provider') return false;
  if (rules?.writeBack.conflict === 'local' || rules?.changedAt === undefined) return true;
  const theirs = sourceTime(current.values[rules.changedAt]);
  return theirs === null || theirs.getTime() <= writeBack.setAt.getTime();
}
