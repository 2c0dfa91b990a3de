import type { AppContext } from '../context.ts';
import { openTarget, type ProviderTarget } from './provider-target.ts';

/** The SQL that grants exactly the rights a provider needs, for its DBA. Connects to nothing. */
export async function providerGrants(context: AppContext, target: ProviderTarget): Promise<string> {
  await using open = await openTarget(context, target);
  return open.connector.grants();
}
