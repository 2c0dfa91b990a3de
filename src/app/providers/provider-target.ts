import type { Connector } from '../../../connectors/contract/connector.ts';
import type { ProviderDefinition } from '../../../connectors/contract/definition.ts';
import type { Secret } from '../../../connectors/contract/secret.ts';
import { findProvider } from '../../store/providers/find-provider.ts';
import type { AppContext } from '../context.ts';
import { checkDefinition } from './check-definition.ts';
import { openConnector } from './open-connector.ts';

/** A registered provider, or a definition that nobody has saved. */
export type ProviderTarget =
  { readonly name: string } | { readonly definition: ProviderDefinition; readonly password: Secret | null };

/** Disposing closes the connector. */
export interface OpenTarget extends AsyncDisposable {
  readonly connector: Connector;
  readonly definition: ProviderDefinition;
}

/**
 * Opens whichever it is. A definition without a password takes the stored one of
 * nobody, even when a provider has its name: it may point elsewhere.
 *
 * @throws AppError `PROVIDER_NOT_FOUND`, or as {@link checkDefinition}.
 */
export async function openTarget(context: AppContext, target: ProviderTarget): Promise<OpenTarget> {
  const { connector, definition } =
    'name' in target ? await registered(context, target.name) : await given(context, target);
  return {
    connector,
    definition,
    [Symbol.asyncDispose]: () => connector[Symbol.asyncDispose](),
  };
}

type Opened = Pick<OpenTarget, 'connector' | 'definition'>;

async function registered(context: AppContext, name: string): Promise<Opened> {
  const provider = await findProvider(context.store.read, name);
  return { connector: await openConnector(context, provider), definition: provider.definition };
}

async function given(
  context: AppContext,
  { definition, password }: Exclude<ProviderTarget, { name: string }>,
): Promise<Opened> {
  await checkDefinition(context, definition);
  return { connector: await context.openProvider(definition, password), definition };
}
