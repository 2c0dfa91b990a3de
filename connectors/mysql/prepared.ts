import type { Connection, FieldPacket, PrepareStatementInfo, RowDataPacket } from 'mysql2';
import { ConnectorError } from '../contract/errors.ts';
import { toConnectorError, type Phase } from './failures.ts';
import { within } from '../contract/deadline.ts';
import { QUERY_MS, tooSlow, type Answer } from './query.ts';

/** One statement with its values, in the order of its question marks. */
export interface Prepared {
  readonly sql: string;
  readonly values: readonly string[];
}

/**
 * Has the server prepare one statement, and gives it the values afterwards: they
 * are never part of its text. Rows come back as text in bytes.
 *
 * @throws ConnectorError `SOURCE_QUERY_REFUSED` when there are more or fewer question marks than values.
 */
export async function queryPrepared(
  client: Connection,
  prepared: Prepared,
  { signal, phase }: { readonly signal: AbortSignal; readonly phase: Phase },
): Promise<Answer> {
  return await within(ask(client, prepared, phase), signal, { ms: QUERY_MS, late: tooSlow });
}

async function ask(client: Connection, { sql, values }: Prepared, phase: Phase): Promise<Answer> {
  // The driver keeps it for the next time; closing it would leave the driver with one that the server has forgotten.
  const statement = await prepare(client, sql, phase);
  // It would send too few values too, and leave the rest empty.
  const { parameters } = statement as unknown as { readonly parameters: readonly unknown[] };
  if (parameters.length !== values.length)
    throw new ConnectorError(
      'SOURCE_QUERY_REFUSED',
      `the query has ${String(parameters.length)} question marks, and ${String(values.length)} values belong in it`,
    );
  return await execute(statement, values, phase);
}

async function prepare(client: Connection, sql: string, phase: Phase): Promise<PrepareStatementInfo> {
  return await new Promise((resolve, reject) => {
    client.prepare(sql, (error, statement) => {
      if (error === null) resolve(statement);
      else reject(toConnectorError(error, phase));
    });
  });
}

async function execute(
  statement: PrepareStatementInfo,
  values: readonly string[],
  phase: Phase,
): Promise<Answer> {
  return await new Promise((resolve, reject) => {
    const answered = (
      error: Error | null,
      rows: RowDataPacket[],
      fields: FieldPacket[] | undefined,
    ): void => {
      if (error !== null) {
        reject(toConnectorError(error, phase));
        return;
      }
      const names = (fields ?? []).map(({ name }) => name);
      const bytes = (Array.isArray(rows) ? rows : []).map((row) => names.map((name) => toBytes(row[name])));
      resolve({ rows: bytes, fields: fields ?? [], count: 0 });
    };
    statement.execute<RowDataPacket[]>([...values], answered);
  });
}

function toBytes(value: unknown): Buffer | null {
  if (value === null || value === undefined) return null;
  return Buffer.isBuffer(value) ? value : Buffer.from(String(value as string | number | bigint));
}
