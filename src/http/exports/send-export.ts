import { Readable } from 'node:stream';
import { z } from 'zod';
import type { FastifyReply } from 'fastify';
import { csvRow } from './csv.ts';

/** `format` in the query of every export. */
export const EXPORT_FORMAT = z.enum(['csv', 'ndjson']).default('csv');

/** How many rows are read at once. */
export const EXPORT_PAGE = 1_000;

export interface Export<T extends object> {
  /** Of the file. */
  readonly name: string;
  readonly format: 'csv' | 'ndjson';
  /** The columns of the CSV, in order. */
  readonly columns: readonly (keyof T & string)[];
  /** The next rows; an empty list ends the export. */
  readonly next: (last: T | null) => Promise<readonly T[]>;
}

const TYPES = { csv: 'text/csv; charset=utf-8', ndjson: 'application/x-ndjson; charset=utf-8' };

/** Sends rows as they are read: memory does not grow with the export. A failure in the middle breaks the connection. */
export async function sendExport<T extends object>(reply: FastifyReply, about: Export<T>): Promise<void> {
  const first = await about.next(null);
  await reply
    .type(TYPES[about.format])
    .header('content-disposition', `attachment; filename="${about.name}.${about.format}"`)
    .serializer((payload: string) => payload)
    .send(Readable.from(lines(about, first)));
}

async function* lines<T extends object>(about: Export<T>, first: readonly T[]): AsyncIterable<string> {
  if (about.format === 'csv') yield csvRow(about.columns);
  for (let rows = first; rows.length > 0; rows = await about.next(rows.at(-1) ?? null))
    yield rows.map((row) => line(about, row)).join('');
}

function line<T extends object>({ format, columns }: Export<T>, row: T): string {
  return format === 'ndjson' ? `${JSON.stringify(row)}\n` : csvRow(columns.map((column) => row[column]));
}
