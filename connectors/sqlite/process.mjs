/*
 * The process that has a database file open. Plain JavaScript, because it is
 * started from this file as it is: from the build, from a test and from the
 * sources. It ends with the process that started it.
 */
import { setImmediate as nextTurn } from 'node:timers/promises';
import Database from 'libsql';

/** Connections that are closed and not yet collected hold memory, and nothing else. */
const MOST_UNCOLLECTED = 20;

let database = null;
let uncollected = 0;

/** What a statement failed with; what is said while it runs may quote a row, and is not passed on. */
function failure(error, stage) {
  const code = typeof error?.code === 'string' ? error.code : '';
  return { stage, code, message: stage === 'prepare' ? String(error?.message ?? '') : '' };
}

function prepared(sql, use) {
  let statement;
  try {
    statement = database.prepare(sql);
  } catch (error) {
    return { failed: failure(error, 'prepare') };
  }
  try {
    return use(statement);
  } catch (error) {
    return { failed: failure(error, 'step') };
  }
}

/** Statements are only closed when they are collected, and a file only with its last statement. */
async function collectGarbage() {
  for (let times = 0; times < 2; times += 1) {
    globalThis.gc();
    await nextTurn();
  }
  uncollected = 0;
}

const STEPS = {
  open({ uri, lockMs, write }) {
    try {
      database = new Database(uri, { timeout: lockMs });
      // What views and triggers of the file may call: nothing that reaches beyond the file.
      database.exec('PRAGMA trusted_schema = 0');
      if (!write) database.exec('PRAGMA query_only = 1');
      database.exec(write ? 'BEGIN IMMEDIATE' : 'BEGIN');
      return {};
    } catch (error) {
      return { failed: failure(error, 'open') };
    }
  },

  run({ sql, params }) {
    return prepared(sql, (statement) => {
      // The array itself: a single parameter that is an object would be taken for names and values.
      if (!statement.reader) return { rows: [], changes: Number(statement.run(params).changes) };
      return { rows: statement.raw().all(params), changes: 0 };
    });
  },

  columns({ sql }) {
    return prepared(sql, (statement) => ({ names: statement.columns().map(({ name }) => name) }));
  },

  async close({ commit, settle }) {
    let failed;
    try {
      if (database?.inTransaction) database.exec(commit ? 'COMMIT' : 'ROLLBACK');
    } catch (error) {
      failed = failure(error, 'step');
      if (database?.inTransaction) database.exec('ROLLBACK');
    }
    database?.close();
    database = null;
    uncollected += 1;
    if (settle || uncollected >= MOST_UNCOLLECTED) await collectGarbage();
    return failed === undefined ? {} : { failed };
  },
};

process.on('message', ({ id, step, ...request }) => {
  void Promise.resolve(STEPS[step](request)).then((answer) => process.send({ id, ...answer }));
});
process.on('disconnect', () => process.exit());
