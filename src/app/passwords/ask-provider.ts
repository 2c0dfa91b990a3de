import { ConnectorError } from '../../../connectors/contract/errors.ts';
import type { RecordKey } from '../../../connectors/contract/record.ts';
import type { Secret } from '../../../connectors/contract/secret.ts';
import { AppError } from '../../kernel/errors.ts';
import { findRegistered } from '../../store/providers/find-provider.ts';
import type { Person, PersonLink } from '../../store/passwords/person.ts';
import type { AppContext } from '../context.ts';
import { withKeptConnector } from '../providers/keep-connector.ts';

/** Waiting for a turn included: everybody who is refused may have to wait as long. */
const LIMIT_MS = 3_000;
/** Sign-ins at once at one provider, from each process: its database is the customer's. */
const AT_ONCE = 4;

/** Whether this person's password is checked by the provider itself: there is no hash here, and a query is defined. */
export function isCheckedByProvider(
  person: Person,
): person is Person & { readonly effective: 'none'; readonly link: PersonLink } {
  return person.effective === 'none' && person.link?.definition.password?.verify !== undefined;
}

/** @returns false also when the provider cannot be asked, which is logged without the password. */
export async function askProvider(context: AppContext, link: PersonLink, password: Secret): Promise<boolean> {
  const signal = AbortSignal.timeout(LIMIT_MS);
  try {
    const asked = inTurn(link.providerId, () => ask(context, { link, password, signal }));
    return await Promise.race([asked, aborted(signal)]);
  } catch (error) {
    const away = signal.aborted || error instanceof ConnectorError || error instanceof AppError;
    if (!away) throw error;
    const code = signal.aborted ? 'SOURCE_TIMEOUT' : (error as ConnectorError | AppError).code;
    context.logger.warn('the provider could not check a password', { provider: link.providerName, code });
    return false;
  }
}

async function ask(
  context: AppContext,
  { link, password, signal }: { link: PersonLink; password: Secret; signal: AbortSignal },
): Promise<boolean> {
  signal.throwIfAborted();
  const provider = await findRegistered(context.store.read, link.providerName);
  if (provider?.id !== link.providerId) return false;
  return await withKeptConnector(context, provider, async ({ verifier }) => {
    return (await verifier?.verify(link.recordKey as RecordKey, password, signal)) ?? false;
  });
}

/** Giving a connection up that hangs takes longer than a person is to wait; its lane stays taken until then. */
async function aborted(signal: AbortSignal): Promise<never> {
  return await new Promise((_, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason as Error), { once: true });
  });
}

interface Lanes {
  readonly ends: Promise<unknown>[];
  next: number;
}

/** By the provider's id. */
const lanes = new Map<string, Lanes>();

async function inTurn<T>(providerId: string, work: () => Promise<T>): Promise<T> {
  const own = lanes.get(providerId) ?? { ends: [], next: 0 };
  lanes.set(providerId, own);
  const lane = own.next;
  own.next = (lane + 1) % AT_ONCE;
  const turn = Promise.resolve(own.ends[lane]).then(work);
  own.ends[lane] = turn.catch(() => undefined);
  return await turn;
}
