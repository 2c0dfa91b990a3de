import type { Finding } from '../../../connectors/contract/connector.ts';
import { definitionWarnings, type DefinitionWarning } from '../../domain/providers/definition-warnings.ts';
import type { AppContext } from '../context.ts';
import { openTarget, type ProviderTarget } from './provider-target.ts';

export interface ProviderTest {
  readonly name: string;
  /** No finding of severity `error`. */
  readonly ready: boolean;
  /** In the order they were looked at. */
  readonly findings: readonly Finding[];
  readonly warnings: readonly DefinitionWarning[];
}

/** Looks for everything that would stop a provider from working; changes nothing anywhere. */
export async function testProvider(
  context: AppContext,
  target: ProviderTarget,
  signal: AbortSignal,
): Promise<ProviderTest> {
  await using open = await openTarget(context, target);
  const findings = await open.connector.check(signal);
  return {
    name: open.definition.name,
    ready: findings.every(({ severity }) => severity !== 'error'),
    findings,
    warnings: definitionWarnings(open.definition),
  };
}
