import type { z } from 'zod';
import type { fileLookSchema, importPreviewSchema, importReportSchema } from '../../http/schemas/profiles.ts';
import { ApiProblem, unreachable, type ProblemDetails } from '../api/problem.ts';
import { sendFile } from '../api/send-file.ts';

export type FileLook = z.output<typeof fileLookSchema>;
export type ImportPreview = z.output<typeof importPreviewSchema>;
export type ImportReport = z.output<typeof importReportSchema>;
export type Problem = ImportReport['problems'][number];

/** For each field the column it is taken from. */
export type Columns = Readonly<Record<string, string>>;

/** How far an import is. */
export interface Progress {
  readonly phase: 'reading' | 'preparing' | 'entering';
  readonly done: number;
  readonly total: number | null;
}

/** Enough for the header and a few rows. */
const BEGINNING = 256 * 1024;

export async function lookAtFile(file: File): Promise<FileLook> {
  const response = await sendFile('/imports/columns', file.slice(0, BEGINNING));
  return (await response.json()) as FileLook;
}

export async function previewImport(file: File, columns: Columns): Promise<ImportPreview> {
  const response = await sendFile(`/imports/preview?${columnsText(columns)}`, file);
  return (await response.json()) as ImportPreview;
}

export interface ImportOrder {
  readonly file: File;
  readonly columns: Columns;
  /** Enters the good rows and leaves the others out. */
  readonly partial: boolean;
  /** Invitations wait until somebody releases them. */
  readonly hold: boolean;
}

/** @throws ApiProblem also for what went wrong in the middle, in which case nobody was entered. */
export async function runImport(
  order: ImportOrder,
  told: (progress: Progress) => void,
): Promise<ImportReport> {
  const { file, columns, partial, hold } = order;
  const flags = `progress=true&partial=${String(partial)}&hold=${String(hold)}`;
  const response = await sendFile(`/imports?${flags}&${columnsText(columns)}`, file);
  for await (const line of linesOf(response)) {
    const said = JSON.parse(line) as { progress?: Progress; report?: ImportReport; problem?: ProblemDetails };
    if (said.progress !== undefined) told(said.progress);
    if (said.problem !== undefined) throw new ApiProblem(said.problem);
    if (said.report !== undefined) return said.report;
  }
  throw unreachable(new Error('the answer ended before the import did'));
}

function columnsText(columns: Columns): string {
  return `columns=${encodeURIComponent(JSON.stringify(columns))}`;
}

async function* linesOf(response: Response): AsyncIterable<string> {
  if (response.body === null) return;
  const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
  let rest = '';
  for (;;) {
    const { done, value } = await reader.read();
    const parts = (rest + (value ?? '')).split('\n');
    rest = parts.pop() ?? '';
    yield* parts.filter((line) => line !== '');
    if (done) break;
  }
  if (rest !== '') yield rest;
}
