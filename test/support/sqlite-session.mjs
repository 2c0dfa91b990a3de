// One connection to the SQLite file it is given: runs what it is sent, and answers rows or why not.
import Database from 'libsql';

const database = new Database(process.argv[2], { timeout: 10_000 });

function run(sql) {
  if (!/^\s*SELECT/i.test(sql)) {
    database.exec(sql);
    return [];
  }
  // The library puts how long it took among the columns.
  return database
    .prepare(sql)
    .all()
    .map((row) => Object.fromEntries(Object.entries(row).filter(([name]) => name !== '_metadata')));
}

process.on('message', (sql) => {
  try {
    process.send({ rows: run(sql) });
  } catch (error) {
    process.send({ error: String(error.message) });
  }
});
