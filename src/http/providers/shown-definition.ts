import type { FastifyRequest } from 'fastify';
import type { ProviderDefinition } from '../../../connectors/contract/definition.ts';
import { callerOf } from '../api/types.ts';

/** The version of a definition as an entity tag. */
export function versionTag(version: number): string {
  return `"${version}"`;
}

/** Where a customer's database is and who logs in there is for admins. */
export function withoutConnection<T extends { readonly definition: ProviderDefinition }>(
  request: Pick<FastifyRequest, 'caller'>,
  provider: T,
): Omit<T, 'definition'> & { readonly definition: Record<string, unknown> } {
  const { definition, ...about } = provider;
  if (callerOf(request).role === 'admin') return { ...about, definition: { ...definition } };
  const { connection: _where, ...rest } = definition;
  return { ...about, definition: rest };
}
