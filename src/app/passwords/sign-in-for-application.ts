import { recordEvents } from '../../store/profiles/record-events.ts';
import type { AppContext } from '../context.ts';
import { provePerson, type ProofOutcome, type SignInInput } from './sign-in.ts';

/** Who signed in, as the application is told. */
export interface AdmittedPerson {
  readonly id: string;
  readonly username: string;
  readonly email: string | null;
  readonly givenName: string | null;
  readonly familyName: string | null;
  readonly displayName: string | null;
  readonly locale: string | null;
}

/**
 * Checks a password for an application that keeps a sign-in page and sessions of
 * its own. The rules and the counters are those of the hosted page; no session is
 * begun here, and the ticket of `change-required` is good for one new password.
 *
 * @throws as {@link provePerson}.
 */
export async function signInForApplication(
  context: AppContext,
  input: SignInInput,
  application: string,
): Promise<ProofOutcome<AdmittedPerson>> {
  return await provePerson(context, input, async (tx, person) => {
    const { id, username, email, givenName, familyName, displayName, locale } = person;
    const detail = { application };
    await recordEvents(tx, { kind: 'person' }, [{ profileId: id, kind: 'signed-in', detail }]);
    return { id, username, email, givenName, familyName, displayName, locale };
  });
}
