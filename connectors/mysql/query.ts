import type { Socket } from 'node:net';
import type { Connection, FieldPacket, ResultSetHeader } from 'mysql2';
import { ConnectorError } from '../contract/errors.ts';
import { within } from '../contract/deadline.ts';
import { toConnectorError, type Phase } from './failures.ts';

/** A row in the order of the select list, as the server sent it. */
export type ByteRow = readonly (Buffer | null)[];

/** The same as text, for what the catalogue says. */
export type TextRow = readonly (string | null)[];

export interface Answer {
  readonly rows: readonly ByteRow[];
  readonly fields: readonly FieldPacket[];
  /** Rows that the condition of an UPDATE found. */
  readonly count: number;
}

/** The server gives up first; this is for one that stopped answering. */
export const QUERY_MS = 30_000;
/** More than the largest page that anybody asks for; a server that sends more is not answering the question. */
const ANSWER_BYTES = 268_435_456;
const ANSWER_ROWS = 100_000;
const LOOK_MS = 250;

/**
 * Asks one question. Values arrive as the bytes they are: nothing of the driver's
 * idea of numbers and dates touches them.
 *
 * @throws ConnectorError, also `SOURCE_TIMEOUT` after 30 s and `SOURCE_FAILED` when the answer has no end.
 */
export async function query(
  client: Connection,
  sql: string,
  { signal, phase }: { readonly signal: AbortSignal; readonly phase: Phase },
): Promise<Answer> {
  await using _limit = limitBytes(client);
  return await within(ask(client, sql, phase), signal, { ms: QUERY_MS, late: tooSlow });
}

export function textRows(answer: Answer): readonly TextRow[] {
  return answer.rows.map((row) => row.map((value) => value?.toString() ?? null));
}

async function ask(client: Connection, sql: string, phase: Phase): Promise<Answer> {
  const rows: ByteRow[] = [];
  let fields: readonly FieldPacket[] = [];
  let count = 0;
  return await new Promise((resolve, reject) => {
    const asked = client.query({ sql, rowsAsArray: true, typeCast: false });
    asked.on('fields', (found: readonly FieldPacket[] | undefined) => (fields = found ?? []));
    asked.on('result', (result: unknown) => {
      if (Array.isArray(result)) rows.push(result as ByteRow);
      else count = (result as ResultSetHeader).affectedRows;
      // Rows of next to nothing weigh more here than on the way.
      if (rows.length > ANSWER_ROWS) client.destroy();
      if (rows.length > ANSWER_ROWS) reject(endless());
    });
    asked.on('error', (error: unknown) => reject(toConnectorError(error, phase)));
    asked.on('end', () => resolve({ rows, fields, count }));
  });
}

/** Watches the socket, whatever the driver makes of the bytes: one packet may have any size too. */
function limitBytes(client: Connection): AsyncDisposable {
  const socket = (client as unknown as { stream: Socket }).stream;
  const before = socket.bytesRead;
  const timer = setInterval(() => {
    if (socket.bytesRead - before > ANSWER_BYTES) socket.destroy(endless());
  }, LOOK_MS);
  return {
    [Symbol.asyncDispose]: () => {
      clearInterval(timer);
      return Promise.resolve();
    },
  };
}

export function tooSlow(ms = QUERY_MS): ConnectorError {
  return new ConnectorError('SOURCE_TIMEOUT', `no answer within ${String(ms / 1000)} s`);
}

function endless(): ConnectorError {
  return new ConnectorError('SOURCE_FAILED', 'the server sends more than it was asked for');
}
