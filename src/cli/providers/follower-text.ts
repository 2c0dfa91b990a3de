import { retentionOf } from '../../domain/providers/retention.ts';
import type { ShownProvider, TraceReport } from '../asks/providers.ts';

/** How far a provider's stream is; null when it has none. */
export function followerText(follower: ShownProvider['follower']): string | null {
  if (follower === null) return null;
  const { state, reason, lagSeconds } = follower;
  const lag = lagSeconds === 0 ? 'nothing waits' : `the oldest change waits for ${lagSeconds} s`;
  return `${state}${reason === null ? '' : `: ${reason}`}; ${lag}`;
}

/** What stands at the source because of us. */
export function traceText(trace: TraceReport['traces'][number]): string {
  const { kind, name, state, retainedBytes, limitBytes, remedy } = trace;
  const kept =
    retainedBytes === null
      ? ''
      : `, keeps ${mebibytes(retainedBytes)} of ${limitBytes === null ? 'any amount' : mebibytes(limitBytes)}`;
  const high = retentionOf(trace) === 'high' ? ' (much)' : '';
  return `${kind} ${name}: ${state}${kept}${high}${state === 'absent' ? `; made by: ${remedy}` : ''}`;
}

const MEBIBYTE = 1024 ** 2;

function mebibytes(bytes: number): string {
  return `${(bytes / MEBIBYTE).toFixed(bytes < MEBIBYTE ? 1 : 0)} MiB`;
}

/** One line of a provider's timeline. */
export function eventText({ kind, detail }: ShownProvider['events'][number]): string {
  const about = Object.entries(detail)
    .filter(([, value]) => value !== null)
    .map(([name, value]) => `${name} ${String(value)}`);
  return [kind.replaceAll('-', ' '), ...about].join(', ');
}
