import { requestEmails } from '../../store/mail/request-emails.ts';
import { countAttempts } from '../../store/passwords/count-attempts.ts';
import type { Person } from '../../store/passwords/person.ts';
import { recordEvents } from '../../store/profiles/record-events.ts';
import type { AppContext } from '../context.ts';
import { attemptCounters } from './counters.ts';

interface Wanted {
  readonly person: Person | null;
  readonly name: string;
  readonly address: string;
}

/**
 * Requests the e-mail that helps this person to a password: registration for one
 * who has none yet, reset for everybody else who is enabled. Requests are counted,
 * per person and per address; beyond the limit nothing is sent.
 */
export async function mailNewLink(context: AppContext, { person, name, address }: Wanted): Promise<void> {
  const counters = attemptCounters('e-mail', { profileId: person?.id ?? null, name, address });
  const cause = { kind: 'person' } as const;
  await context.store.transaction(async (tx) => {
    const allowed = await countAttempts(tx, [counters.address, counters.account]);
    if (!allowed || person?.enabled !== true || person.email === null) return;
    const kind = person.preRegistration ? 'registration' : 'password-reset';
    await requestEmails(tx, kind, { profileIds: [person.id], cause });
    await recordEvents(tx, cause, [{ profileId: person.id, kind: 'link-requested', detail: { kind } }]);
  });
}
