import type { Run, RunRecord } from '../asks/runs.ts';
import type { ExitCode } from '../command.ts';
import { time, type Output } from '../output.ts';

const COLOURS = { done: 'green', failed: 'red', held: 'yellow', rejected: 'yellow' } as const;

/** The state, coloured where it matters. */
export function stateText(output: Output, state: string): string {
  const colour = (COLOURS as Readonly<Record<string, 'green' | 'red' | 'yellow'>>)[state];
  return colour === undefined ? state : output.style(colour, state);
}

/** Who or what asked for a run. */
export function causeText(cause: Run['cause']): string {
  if (cause.kind === 'operator') return String(cause['name']);
  return cause.kind === 'run' ? `run ${String(cause['runId'])}` : cause.kind;
}

/** The counts that are not zero, in the order in which things happen. */
export function countsText({ counters }: Run): string {
  const shown = [
    'read',
    'unchanged',
    'created',
    'linked',
    'updated',
    'returned',
    'disabled',
    'skipped',
    'errors',
    'emails',
  ] as const;
  const counted = shown.flatMap((name) => {
    const count = counters[name] ?? 0;
    return count > 0 ? [`${count.toLocaleString('en-GB')} ${name}`] : [];
  });
  return counted.length === 0 ? 'nothing' : counted.join(', ');
}

/** A run, line by line. */
export function runText(output: Output, run: Run): string {
  const planned = run.dryRun || run.state === 'held' ? 'would be' : 'counts';
  return output.pairs([
    ['run', run.id],
    ['provider', run.provider],
    [
      'kind',
      `${run.kind}${run.dryRun ? ', dry' : ''}${run.recordKey === null ? '' : ` of ${run.recordKey}`}`,
    ],
    ['state', stateText(output, run.state)],
    ['asked by', causeText(run.cause)],
    [planned, countsText(run)],
    [
      'held',
      run.heldReasons === null || run.heldReasons.length === 0
        ? null
        : run.heldReasons.map(({ message }) => message).join('\n'),
    ],
    ['decided by', run.decidedBy],
    ['error', run.error === null ? null : `${run.error} (${run.errorCode ?? ''})`],
    ['started', run.startedAt === null ? null : time(run.startedAt)],
    ['finished', run.finishedAt === null ? null : time(run.finishedAt)],
  ]);
}

/** What somebody who looks at this run probably wants next. */
export function hintAfter(output: Output, run: Run): void {
  if (run.state === 'held')
    output.hint(`Look: tributary run records ${run.id}. Then: tributary run approve ${run.id}, or reject.`);
  if ((run.counters.errors ?? 0) > 0)
    output.hint(`See what could not be used: tributary run errors ${run.id}`);
  if (run.dryRun && run.state === 'done')
    output.hint(`Nothing was changed. Do it: tributary sync ${run.provider} --wait`);
}

/** What a script learns from a run's end. */
export function exitCodeOf(run: Run): ExitCode {
  if (run.state === 'held') return 3;
  return run.state === 'done' ? 0 : 1;
}

/** `email: old → new`; nothing for a new person's empty fields. */
export function changeText(changes: RunRecord['changes']): string {
  return Object.entries(changes)
    .map(([field, { from, to }]) =>
      from === null ? `${field}: ${to ?? ''}` : `${field}: ${from} → ${to ?? '(empty)'}`,
    )
    .join('\n');
}
