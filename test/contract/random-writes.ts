import type { ConnectorFixture, Session } from './fixture.ts';

const KEYS = 60;

/** The same sequence for the same seed, so that a failure can be seen again. */
export function randomNumbers(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

/** A FROM item of the numbers from 1 on, in a column `n`, for the databases that have no function for it. */
export function numbersTo(count: number): string {
  const digits = String(count)
    .split('')
    .map((_, at) => `d${String(at)}`);
  const digit = `(SELECT ${Array.from({ length: 10 }, (_, d) => `${String(d)} AS d`).join(' UNION ALL SELECT ')})`;
  const value = digits.map((name, at) => `${name}.d * ${String(10 ** at)}`).join(' + ');
  const from = digits.map((name) => `${digit} AS ${name}`).join(', ');
  return `(SELECT ${value} AS n FROM ${from} HAVING n BETWEEN 1 AND ${String(count)})`;
}

/**
 * Random transactions on a table of id, mail, pw and changed, from two sessions
 * that overlap where the database lets them: inserts, updates, deletes, changed
 * keys, some rolled back. Every write is dated with the database's own clock.
 */
export async function writeAtRandom(
  fixture: ConnectorFixture,
  { table, transactions, seed = 4_600 }: { table: string; transactions: number; seed?: number },
): Promise<void> {
  const open = fixture.openSession;
  if (open === undefined) {
    const execute = async (sql: string): Promise<void> => {
      await fixture.execute(sql);
    };
    await writer({ execute }, { table, transactions, random: randomNumbers(seed) });
    return;
  }
  await using one = await open();
  await using other = await open();
  await Promise.all([
    writer(one, { table, transactions, random: randomNumbers(seed) }),
    writer(other, { table, transactions, random: randomNumbers(seed + 1), from: KEYS }),
  ]);
}

interface Writing {
  readonly table: string;
  readonly transactions: number;
  readonly random: (below: number) => number;
  /** Writers have keys of their own, so that none waits for another. */
  readonly from?: number;
}

async function writer(session: Pick<Session, 'execute'>, writing: Writing): Promise<void> {
  for (let n = 0; n < writing.transactions; n += 1) {
    await session.execute('BEGIN');
    const statements = 1 + writing.random(6);
    for (let at = 0; at < statements; at += 1) await session.execute(statement(writing, n));
    await session.execute(writing.random(8) === 0 ? 'ROLLBACK' : 'COMMIT');
  }
}

function statement({ table, random, from = 0 }: Writing, n: number): string {
  const id = String(from + random(KEYS));
  const mail = random(9) === 0 ? 'NULL' : `'m${String(n)}-${String(random(1_000))}'`;
  const found = `WHERE id = ${id}`;
  const moved = String(from + random(KEYS));
  switch (random(6)) {
    case 0:
      return `DELETE FROM ${table} ${found}`;
    case 1:
      return `UPDATE ${table} SET id = ${moved}, changed = CURRENT_TIMESTAMP ${found} AND NOT EXISTS (SELECT 1 FROM (SELECT id FROM ${table}) AS other WHERE other.id = ${moved})`;
    case 2:
    case 3:
      return `UPDATE ${table} SET mail = ${mail}, changed = CURRENT_TIMESTAMP ${found}`;
    default:
      return `INSERT INTO ${table} SELECT ${id}, ${mail}, 'h${String(n)}', CURRENT_TIMESTAMP FROM (SELECT 1 AS one) AS once WHERE NOT EXISTS (SELECT 1 FROM (SELECT id FROM ${table}) AS other WHERE other.id = ${id})`;
  }
}
