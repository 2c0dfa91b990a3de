import type { Change } from '../../domain/runs/decision.ts';
import { newId } from '../../kernel/ids.ts';
import { requestInvitations } from '../../store/mail/request-invitations.ts';
import { reopenMissingWriteBacks } from '../../store/passwords/reopen-missing-write-backs.ts';
import type { SealedChange } from '../../store/runs/batch.ts';
import { writeCreates } from '../../store/runs/write-creates.ts';
import { writeUpdates } from '../../store/runs/write-updates.ts';
import type { Transaction } from '../../store/transaction.ts';
import { providerHashBinding } from '../passwords/hash-bindings.ts';
import type { RunSession } from './run-session.ts';

/** Writes what was decided, and asks for the registration e-mails that follow from it, in one transaction. */
export async function writeChanges(
  session: RunSession,
  tx: Transaction,
  changes: readonly Change[],
): Promise<void> {
  const sealed = changes.map((change) => seal(session, change));
  // Existing people first: a username that one of them gives up may be taken by a new one.
  await writeUpdates(
    tx,
    session.scope,
    sealed.filter(({ change }) => change.kind !== 'create'),
  );
  await writeCreates(
    tx,
    session.scope,
    sealed.filter(({ change }) => change.kind === 'create'),
  );
  const found = changes.filter(({ kind }) => kind === 'return' || kind === 'link');
  await reopenMissingWriteBacks(
    tx,
    found.map(({ outcome }) => outcome.profileId),
  );
  const invited = changes.filter((change) => change.outcome.invite).map((change) => change.outcome.profileId);
  await requestInvitations(tx, {
    profileIds: invited,
    cause: session.scope.cause,
    hold: session.provider.definition.password?.invitations === 'hold',
  });
}

function seal({ context }: RunSession, change: Change): SealedChange {
  const { record, profileId } = change.outcome;
  const hash = record.passwordHash;
  return {
    change,
    linkId: change.linkId ?? newId(),
    providerHash: hash === null ? null : context.keyring.seal(hash, providerHashBinding(profileId)),
  };
}
