import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { AppError } from '../../kernel/errors.ts';
import type { ChosenColumns } from '../asks/profiles.ts';
import { argument, flag, texts, type ExitCode, type Session, type Typed } from '../command.ts';
import { unreadable } from '../read-file.ts';
import { readPairs } from '../read-pairs.ts';
import { chosenText, lookText, previewText, reportText } from './import-text.ts';

/** @returns 1 when rows were left out, or would be. */
export async function importFile(session: Session, typed: Typed): Promise<ExitCode> {
  const { output } = session;
  const columns = columnsOf(typed);
  const [look, dryRun] = [flag(typed, 'look'), flag(typed, 'dryRun')];
  if (look && (dryRun || columns !== undefined)) throw lookAlone();
  const stream = await openFile(argument(typed, 0));
  if (look) return await lookAt(session, argument(typed, 0), stream);
  return await session.withInstallation(async ({ profiles }) => {
    if (dryRun) {
      const preview = await profiles.checkImport(stream, columns);
      output.result(preview, () => previewText(output, preview));
      return preview.refused > 0 ? 1 : 0;
    }
    const [partial, hold] = [flag(typed, 'partial'), flag(typed, 'hold')];
    const report = await profiles.importFile(stream, { partial, hold, columns });
    output.result(report, () => reportText(report));
    if (hold) output.hint('Send the invitations with: tributary email release --filter invitation=held');
    else if (report.emails > 0) output.hint('A running server sends the e-mails.');
    return report.refused > 0 ? 1 : 0;
  });
}

/** `--columns username=Login …`: for each field the column it is taken from. */
function columnsOf(typed: Typed): ChosenColumns {
  const pairs = texts(typed.options['columns']);
  return pairs.length === 0 ? undefined : readPairs(pairs);
}

function lookAlone(): AppError {
  return new AppError({
    kind: 'invalid',
    code: 'OPTIONS_CONFLICT',
    message: '--look comes before --columns and --dry-run: it says which columns there are.',
    remedy: 'Give it alone, then choose.',
  });
}

async function lookAt(session: Session, file: string, stream: Readable): Promise<ExitCode> {
  const { output } = session;
  await session.withInstallation(async ({ profiles }) => {
    const found = await profiles.lookAtFile(Readable.from(beginningOf(stream)));
    output.result(found, () => lookText(output, found));
    output.hint(
      `Take them so, or otherwise: tributary profile import ${file} --columns ${chosenText(found)}`,
    );
  });
  return 0;
}

/** Enough for the header and a few rows. */
const BEGINNING = 256 * 1_024;

async function* beginningOf(stream: Readable): AsyncGenerator<Buffer> {
  let left = BEGINNING;
  for await (const chunk of stream) {
    const bytes = Buffer.from(chunk as Buffer).subarray(0, left);
    yield bytes;
    left -= bytes.length;
    if (left === 0) return;
  }
}

/** `-` is standard input. @throws AppError `FILE_NOT_READABLE` before anything else is started. */
async function openFile(file: string): Promise<Readable> {
  if (file === '-') return process.stdin;
  try {
    if ((await stat(file)).isDirectory())
      throw Object.assign(new Error(`${file} is a directory`), { code: 'EISDIR' });
    return createReadStream(file);
  } catch (cause) {
    throw unreadable(file, cause);
  }
}
