import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

/**
 * A connection to a SQLite file in a process of its own. Locks on a file belong to
 * a process: one that opens and closes the file for any reason gives them all up.
 */
export interface SqliteSession extends AsyncDisposable {
  /** Runs statements, or one SELECT, whose rows it answers. */
  execute(sql: string): Promise<Record<string, unknown>[]>;
}

interface Reply {
  readonly rows?: Record<string, unknown>[];
  readonly error?: string;
}

export function openSqliteSession(path: string): SqliteSession {
  const program = fileURLToPath(new URL('./sqlite-session.mjs', import.meta.url));
  const child = fork(program, [path], { execArgv: [], env: {}, serialization: 'advanced' });
  let last: Promise<unknown> = Promise.resolve();
  const ask = async (sql: string): Promise<Record<string, unknown>[]> => {
    child.send(sql);
    const [reply] = (await once(child, 'message')) as [Reply];
    if (reply.error !== undefined) throw new Error(reply.error);
    return reply.rows ?? [];
  };
  return {
    execute: (sql) => {
      const answer = last.then(
        () => ask(sql),
        () => ask(sql),
      );
      last = answer.catch(() => undefined);
      return answer;
    },
    [Symbol.asyncDispose]: async () => {
      await last;
      const ended = once(child, 'exit');
      child.disconnect();
      await ended;
    },
  };
}
