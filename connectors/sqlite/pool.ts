import type { FileConnection } from '../contract/definition.ts';
import { ConnectorError } from '../contract/errors.ts';
import type { ConnectorTools } from '../contract/tools.ts';
import { DatabaseProcess, type Step, type StepAnswer, type Value } from './database-process.ts';
import { within } from '../contract/deadline.ts';
import { toConnectorError, type Phase } from './failures.ts';
import { addressOf, inspectFile, stateOf, type DatabaseFile } from './file.ts';
import { Gate } from '../contract/gate.ts';
import type { Encoding } from './text.ts';

export type Row = readonly Value[];

export interface Answer {
  readonly rows: readonly Row[];
  /** Rows written, those of triggers left out. */
  readonly changes: number;
}

/** The transaction at hand. */
export interface Session {
  readonly encoding: Encoding;
  readonly run: (sql: string, params?: readonly Value[]) => Promise<Answer>;
  /** The names of the columns that a statement has. Does not carry it out. */
  readonly columns: (sql: string) => Promise<readonly string[]>;
}

const STATEMENT_MS = 30_000;
/** How long SQLite waits for a lock of somebody else before it says that the file is busy. */
const LOCK_MS = 5_000;
const LOCK_MARGIN_MS = 5_000;
/** How often a file is read again that was written to while we read it without a lock. */
const TRIES = 3;

/**
 * The file of one provider, one transaction at a time. It is opened for each of
 * them and closed after it, so that nothing of ours stays in the way of the
 * application, and what the file needs is decided by what it is like now.
 */
export class Pool implements AsyncDisposable {
  readonly #connection: FileConnection;
  readonly #tools: ConnectorTools;
  readonly #gate = new Gate(1);
  #process: DatabaseProcess | null = null;

  constructor(connection: FileConnection, tools: ConnectorTools) {
    this.#connection = connection;
    this.#tools = tools;
  }

  /**
   * Runs `work` in a transaction that cannot write. It may be run again when the
   * file was written to meanwhile.
   *
   * @param limitMs for each statement; 30 seconds unless given.
   */
  async read<T>(
    signal: AbortSignal,
    work: (session: Session) => Promise<T>,
    limitMs = STATEMENT_MS,
  ): Promise<T> {
    await using _place = await this.#gate.enter(signal);
    for (let tries = 0; tries < TRIES; tries += 1) {
      const file = await this.#inspect(signal);
      const reading = this.#transaction({ file, phase: 'read', limitMs }, signal, work);
      if (!file.quiet) return await reading;
      const [outcome] = await Promise.allSettled([reading]);
      signal.throwIfAborted();
      // Nobody had the file open and nobody wrote to it: what was read without a lock is what was there.
      if ((await stateOf(file.path).catch(() => '')) !== file.state) continue;
      if (outcome.status === 'rejected') throw outcome.reason;
      return outcome.value;
    }
    throw new ConnectorError('SOURCE_BUSY', 'the file is written to all the time');
  }

  /** Runs `work` in a transaction that commits when it resolves. A statement under way is not broken off. */
  async write<T>(signal: AbortSignal, work: (session: Session) => Promise<T>): Promise<T> {
    await using _place = await this.#gate.enter(signal);
    const file = await this.#inspect(signal);
    return await this.#transaction({ file, phase: 'write', limitMs: STATEMENT_MS }, signal, work);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#process?.kill();
  }

  async #inspect(signal: AbortSignal): Promise<DatabaseFile> {
    const path = await this.#tools.locate(this.#connection.file, signal);
    const file = await inspectFile(path);
    signal.throwIfAborted();
    return file;
  }

  async #transaction<T>(
    how: { readonly file: DatabaseFile; readonly phase: Phase; readonly limitMs: number },
    signal: AbortSignal,
    work: (session: Session) => Promise<T>,
  ): Promise<T> {
    const { file, phase } = how;
    const ask = this.#asker(how, signal);
    let commit = false;
    try {
      await ask({
        step: 'open',
        uri: addressOf(file, phase === 'write'),
        lockMs: LOCK_MS,
        write: phase === 'write',
      });
      await this.#refuseAnother(file, signal);
      const result = await work(sessionOf(file, ask));
      commit = true;
      await ask({ step: 'close', commit, settle: file.logged || phase === 'write' });
      return result;
    } catch (error) {
      if (!commit) await this.#giveUp();
      signal.throwIfAborted();
      throw error;
    }
  }

  /** A file put in the place of the one that was looked at, between looking and opening. */
  async #refuseAnother(file: DatabaseFile, signal: AbortSignal): Promise<void> {
    const path = await this.#tools.locate(this.#connection.file, signal);
    const same = path === file.path && identity(await stateOf(path)) === identity(file.state);
    if (!same) throw new ConnectorError('SOURCE_BUSY', 'another file took the place of this one');
  }

  #asker(
    how: { readonly phase: Phase; readonly limitMs: number },
    signal: AbortSignal,
  ): (step: Step) => Promise<StepAnswer> {
    return async (step) => {
      signal.throwIfAborted();
      if (this.#process?.alive !== true) this.#process = new DatabaseProcess();
      const ms = step.step === 'open' ? LOCK_MS + LOCK_MARGIN_MS : how.limitMs;
      // What writes is let finish: it is short, and breaking it off leaves a journal beside the file.
      const heard = how.phase === 'write' ? new AbortController().signal : signal;
      const answer = await within(this.#process.ask(step), heard, { ms, late: () => tooSlow(ms) }).catch(
        async (error: unknown) => {
          await this.#process?.kill();
          throw error;
        },
      );
      if (answer.failed !== undefined) throw toConnectorError(answer.failed, how.phase);
      return answer;
    };
  }

  /** Nothing is kept of what was begun. */
  async #giveUp(): Promise<void> {
    if (this.#process?.alive !== true) return;
    const closed = this.#process.ask({ step: 'close', commit: false, settle: true });
    await within(closed, new AbortController().signal, {
      ms: LOCK_MS,
      late: () => tooSlow(LOCK_MS),
    }).catch(async () => await this.#process?.kill());
  }
}

function sessionOf(file: DatabaseFile, ask: (step: Step) => Promise<StepAnswer>): Session {
  return {
    encoding: file.encoding,
    run: async (sql, params = []) => {
      const { rows = [], changes = 0 } = await ask({ step: 'run', sql, params });
      return { rows, changes };
    },
    columns: async (sql) => (await ask({ step: 'columns', sql })).names ?? [],
  };
}

/** Device and number of a file, of all that {@link stateOf} says. */
function identity(state: string): string {
  return state.split(' ').slice(0, 2).join(' ');
}

function tooSlow(ms: number): ConnectorError {
  return new ConnectorError('SOURCE_TIMEOUT', `no answer within ${String(ms / 1000)} s`);
}
