import type { Connector } from '../../../connectors/contract/connector.ts';
import type { ProviderDefinition } from '../../../connectors/contract/definition.ts';
import type { Secret } from '../../../connectors/contract/secret.ts';
import { definitionChanges, movesPassword } from '../../domain/providers/definition-changes.ts';
import { findProvider, findRegistered } from '../../store/providers/find-provider.ts';
import type { AppContext } from '../context.ts';
import { checkDefinition } from './check-definition.ts';
import { openConnector } from './open-connector.ts';

/** A registered provider, or a definition that nobody has saved. */
export type ProviderTarget = { readonly name: string } | UnsavedTarget;

export interface UnsavedTarget {
  readonly definition: ProviderDefinition;
  readonly password: Secret | null;
}

/** Disposing closes the connector. */
export interface OpenTarget extends AsyncDisposable {
  readonly connector: Connector;
  readonly definition: ProviderDefinition;
}

/**
 * Opens whichever it is. A definition without a password takes the stored one of
 * the provider that has its name, and only to go where that has been going.
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

async function given(context: AppContext, target: UnsavedTarget): Promise<Opened> {
  await checkDefinition(context, target.definition);
  return { connector: await openUnsaved(context, target), definition: target.definition };
}

/** With the password that is given; else with the stored one, unless host, port or TLS are other ones. */
export async function openUnsaved(
  context: AppContext,
  { definition, password }: UnsavedTarget,
): Promise<Connector> {
  if (password !== null) return await context.openProvider(definition, password);
  const present = await findRegistered(context.store.read, definition.name);
  if (present === null || movesPassword(definitionChanges(present.definition, definition)))
    return await context.openProvider(definition, null);
  return await openConnector(context, { ...present, definition });
}
