import { stringify } from 'yaml';
import { showProvider } from '../../app/providers/show-provider.ts';
import { argument, type Session, type Typed } from '../command.ts';
import { time } from '../output.ts';
import { stateText } from '../runs/run-text.ts';
import { warn } from './warn.ts';

export async function show(session: Session, typed: Typed): Promise<undefined> {
  const { output } = session;
  await session.withContext(async (context) => {
    const provider = await showProvider(context, argument(typed, 0));
    const { profiles, lastRun, lastError } = provider;
    output.result(provider, () =>
      [
        output.pairs([
          ['provider', provider.name],
          ['version', String(provider.version)],
          ['people', `${profiles.linked} linked, ${profiles.enabled} enabled, ${profiles.gone} gone`],
          [
            'last run',
            lastRun === null
              ? 'never'
              : `${stateText(output, lastRun.state)}, ${time(lastRun.createdAt)}, ${lastRun.id}`,
          ],
          ['paused', provider.pausedAt === null ? null : `since ${time(provider.pausedAt)}`],
          ['error', lastError === null ? null : `${lastError} (${provider.lastErrorCode ?? ''})`],
          ['password', provider.hasPassword ? 'stored, encrypted' : 'none'],
        ]),
        '',
        stringify(provider.definition).trimEnd(),
      ].join('\n'),
    );
    warn(output, provider.warnings);
  });
}
