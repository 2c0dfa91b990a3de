import type { Provider } from '../asks/providers.ts';
import type { Session } from '../command.ts';
import { time } from '../output.ts';
import { stateText } from '../runs/run-text.ts';

export async function list(session: Session): Promise<undefined> {
  const { output } = session;
  await session.withInstallation(async (installation) => {
    const providers = await installation.providers.list();
    output.list(providers, () =>
      output.table(
        ['NAME', 'CONNECTOR', 'PEOPLE', 'GONE', 'LAST RUN', 'STATE', 'FULL RUN', 'ERROR'],
        providers.map((provider) => [
          provider.name,
          provider.connector,
          String(provider.profiles.linked),
          String(provider.profiles.gone),
          time(provider.lastRun?.createdAt ?? null),
          provider.pausedAt === null
            ? stateText(output, provider.lastRun?.state ?? 'never ran')
            : output.style('yellow', 'paused'),
          fullRunOf(provider),
          provider.lastErrorCode ?? '',
        ]),
        'No providers yet. Register one with: tributary provider apply -f FILE',
      ),
    );
  });
}

/** When its full runs start by themselves; empty when they do not. */
function fullRunOf({ definition }: Provider): string {
  const { full } = Object(definition['changes']) as { readonly full?: unknown };
  return typeof full === 'string' ? full : '';
}
