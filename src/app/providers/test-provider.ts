import { definitionWarnings, type DefinitionWarning } from '../../domain/providers/definition-warnings.ts';
import type { FirstRun } from '../../domain/providers/estimate-first-run.ts';
import type { AppContext } from '../context.ts';
import { lookAtSample, type TestFinding } from './look-at-sample.ts';
import { openTarget, type ProviderTarget } from './provider-target.ts';

export interface ProviderTest {
  readonly name: string;
  /** No finding of severity `error`. */
  readonly ready: boolean;
  /** In the order they were looked at. */
  readonly findings: readonly TestFinding[];
  readonly warnings: readonly DefinitionWarning[];
  /** What the first run would be like; null when the records cannot be read. */
  readonly firstRun: FirstRun | null;
}

/** Looks for everything that would stop a provider from working; changes nothing anywhere. */
export async function testProvider(
  context: AppContext,
  target: ProviderTarget,
  signal: AbortSignal,
): Promise<ProviderTest> {
  await using open = await openTarget(context, target);
  const checked = await open.connector.check(signal);
  const stopped = checked.some(({ severity }) => severity === 'error');
  const looked = stopped ? { findings: [], firstRun: null } : await lookAtSample(context, open, signal);
  const findings: readonly TestFinding[] = [...checked, ...looked.findings];
  return {
    name: open.definition.name,
    ready: findings.every(({ severity }) => severity !== 'error'),
    findings,
    warnings: definitionWarnings(open.definition),
    firstRun: looked.firstRun,
  };
}
