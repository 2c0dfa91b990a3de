import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { ConnectorError } from '../contract/errors.ts';
import type { Failure } from './failures.ts';

/** What travels to and from SQLite. Whole numbers go there as bigint: a number becomes a REAL. */
export type Value = string | number | bigint | Uint8Array | null;

export type Step =
  | { readonly step: 'open'; readonly uri: string; readonly lockMs: number; readonly write: boolean }
  | { readonly step: 'run'; readonly sql: string; readonly params: readonly Value[] }
  | { readonly step: 'columns'; readonly sql: string }
  /** `settle`: wait until nothing of it is left, the files beside it included; takes some milliseconds. */
  | { readonly step: 'close'; readonly commit: boolean; readonly settle: boolean };

export interface StepAnswer {
  readonly failed?: Failure;
  readonly rows?: readonly (readonly Value[])[];
  readonly changes?: number;
  readonly names?: readonly string[];
}

const PROGRAM = fileURLToPath(new URL('./process.mjs', import.meta.url));

/**
 * The process in which SQLite runs: it blocks while it reads, cannot be told to
 * stop, and takes its process with it when a file holds what its author did not
 * expect. Knows one database at a time, and answers one step after the other.
 */
export class DatabaseProcess {
  readonly #child: ChildProcess;
  readonly #waiting = new Map<number, (answer: StepAnswer | null) => void>();
  #asked = 0;
  #over = false;

  constructor() {
    this.#child = fork(PROGRAM, {
      // Nothing of ours is its business, least of all what the environment holds.
      env: {},
      execArgv: ['--expose-gc'],
      serialization: 'advanced',
      stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
    });
    this.#child.on('message', (answer: StepAnswer & { readonly id: number }) => {
      this.#waiting.get(answer.id)?.(answer);
      this.#waiting.delete(answer.id);
    });
    this.#child.once('exit', () => this.#end());
    this.#child.once('error', () => this.#end());
    this.#child.unref();
    this.#child.channel?.unref();
  }

  /** Whether it can still be asked. */
  get alive(): boolean {
    return !this.#over;
  }

  /** @throws ConnectorError `SOURCE_FAILED` when the process ends before it answers. */
  async ask(step: Step): Promise<StepAnswer> {
    if (this.#over) throw ended();
    const id = (this.#asked += 1);
    // Only what waits for an answer keeps us alive.
    this.#child.channel?.ref();
    const answer = await new Promise<StepAnswer | null>((resolve) => {
      this.#waiting.set(id, resolve);
      this.#child.send({ id, ...step }, (error) => {
        if (error !== null) this.#end();
      });
    });
    if (this.#waiting.size === 0) this.#child.channel?.unref();
    if (answer === null) throw ended();
    return answer;
  }

  /** Ends it at once, whatever it does: SQLite undoes what was not committed when the file is next opened. */
  async kill(): Promise<void> {
    if (this.#child.exitCode !== null || this.#child.signalCode !== null) return;
    const exited = once(this.#child, 'exit');
    this.#child.ref();
    this.#child.kill('SIGKILL');
    await exited;
  }

  #end(): void {
    this.#over = true;
    for (const settle of this.#waiting.values()) settle(null);
    this.#waiting.clear();
  }
}

function ended(): ConnectorError {
  return new ConnectorError('SOURCE_FAILED', 'SQLite stopped while it read the file');
}
