import type { Connector } from '../../../connectors/contract/connector.ts';
import type { ProviderRow } from '../../store/entities/directory.ts';
import type { AppContext } from '../context.ts';

/** What a provider's password is bound to when sealed. */
export function passwordBinding(providerId: string): string {
  return `providers/password/${providerId}`;
}

/**
 * Opens the connector of a registered provider; it connects on first use. The
 * caller disposes of it.
 *
 * @throws AppError `SECRET_UNREADABLE` when the stored password does not open with the present key.
 */
export async function openConnector(
  context: AppContext,
  provider: Pick<ProviderRow, 'id' | 'definition' | 'password'>,
): Promise<Connector> {
  const password =
    provider.password === null ? null : context.keyring.open(provider.password, passwordBinding(provider.id));
  return await context.openProvider(provider.definition, password);
}
