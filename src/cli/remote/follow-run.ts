import { setTimeout as sleep } from 'node:timers/promises';
import { runSchema } from '../../http/schemas/runs.ts';
import type { Run } from '../asks/runs.ts';
import { RemoteError } from './remote-error.ts';
import type { Server } from './server.ts';

/** A server that restarts is back within a minute. */
const MOST_FAILURES = 30;
const PAUSE_MS = 2_000;
const ENDED = new Set(['done', 'failed', 'rejected', 'held']);

/** How far the events of a run were read. */
interface Place {
  readonly id: string;
  /** The last event that came. */
  last: string | null;
  /** Connections in a row that broke. */
  failures: number;
}

/** The run as its events tell, from where a broken connection stopped, until it has ended or is held. */
export async function* followRun(server: Server, id: string, signal: AbortSignal): AsyncGenerator<Run> {
  const place: Place = { id, last: null, failures: 0 };
  for (;;) {
    // Leaving closes the connection too, which would otherwise keep the command from ending.
    for await (const run of oneConnection(server, place, signal)) {
      yield run;
      if (ENDED.has(run.state)) return;
    }
    await sleep(PAUSE_MS, undefined, { signal });
  }
}

async function* oneConnection(server: Server, place: Place, signal: AbortSignal): AsyncGenerator<Run> {
  try {
    for await (const event of eventsOf(server, place, signal)) {
      place.failures = 0;
      place.last = event.id;
      yield event.run;
    }
  } catch (error) {
    signal.throwIfAborted();
    place.failures += 1;
    if (!mayPass(error) || place.failures === MOST_FAILURES) throw error;
  }
}

/** What is not refused may be better in a moment: the network, or a server that is being replaced. */
function mayPass(error: unknown): boolean {
  return !(error instanceof RemoteError) || error.status === null || error.status >= 500;
}

interface RunEvent {
  readonly id: string;
  readonly run: Run;
}

async function* eventsOf(server: Server, { id, last }: Place, signal: AbortSignal): AsyncGenerator<RunEvent> {
  const response = await server.send({
    path: `/runs/${encodeURIComponent(id)}/events`,
    headers: { accept: 'text/event-stream', ...(last === null ? {} : { 'last-event-id': last }) },
    signal,
  });
  let text = '';
  for await (const chunk of (response.body ?? new ReadableStream()).pipeThrough(new TextDecoderStream())) {
    const blocks = (text + chunk).split('\n\n');
    text = blocks.pop() ?? '';
    for (const block of blocks) {
      const event = readEvent(block);
      if (event !== null) yield event;
    }
  }
}

/** Null for comments, and for what is no run. */
function readEvent(block: string): RunEvent | null {
  const fields = new Map(
    block.split('\n').map((line): [string, string] => {
      const [name = '', ...rest] = line.split(':');
      return [name, rest.join(':').trim()];
    }),
  );
  const data = fields.get('data');
  if (fields.get('event') !== 'run' || data === undefined) return null;
  return { id: fields.get('id') ?? '', run: runSchema.parse(JSON.parse(data)) };
}
