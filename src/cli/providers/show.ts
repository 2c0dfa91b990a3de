import { stringify } from 'yaml';
import { argument, type Session, type Typed } from '../command.ts';
import { time } from '../output.ts';
import { stateText } from '../runs/run-text.ts';
import { eventText, followerText, traceText } from './follower-text.ts';
import { warn } from './warn.ts';

export async function show(session: Session, typed: Typed): Promise<undefined> {
  const { output } = session;
  await session.withInstallation(async ({ providers }) => {
    const name = argument(typed, 0);
    const provider = await providers.show(name);
    const { traces, failure } = await providers.traces(name, session.signal);
    const { profiles, lastRun, lastError } = provider;
    output.result({ ...provider, traces, tracesFailure: failure }, () =>
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
          ['changes', followerText(provider.follower)],
          ...traces.map((trace): [string, string] => ['at the source', traceText(trace)]),
          ['at the source', failure === null ? null : `could not be asked: ${failure.message}`],
          ...provider.events.map((event): [string, string] => [time(event.at), eventText(event)]),
          ['password', provider.hasPassword ? 'stored, encrypted' : 'none'],
        ]),
        '',
        stringify(provider.definition).trimEnd(),
      ].join('\n'),
    );
    warn(output, provider.warnings);
  });
}
