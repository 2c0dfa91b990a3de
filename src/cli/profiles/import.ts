import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import type { Readable } from 'node:stream';
import type { ImportReport } from '../asks/profiles.ts';
import { argument, flag, type ExitCode, type Session, type Typed } from '../command.ts';
import { printable } from '../output.ts';
import { unreadable } from '../read-file.ts';

/** @returns 1 when rows were left out. */
export async function importFile(session: Session, typed: Typed): Promise<ExitCode> {
  const { output } = session;
  const stream = await openFile(argument(typed, 0));
  return await session.withInstallation(async ({ profiles }) => {
    const [partial, hold] = [flag(typed, 'partial'), flag(typed, 'hold')];
    const report = await profiles.importFile(stream, { partial, hold });
    output.result(report, () => reportText(report));
    if (hold) output.hint('Send the invitations with: tributary email release --filter invitation=held');
    else if (report.emails > 0) output.hint('A running server sends the e-mails.');
    return report.refused > 0 ? 1 : 0;
  });
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

function reportText({ rows, created, emails, refused, problems }: ImportReport): string {
  const mail = emails === 0 ? '' : `; ${emails} registration e-mails`;
  const left = refused === 0 ? '' : `; ${refused} rows were left out:`;
  const lines = problems.map(({ path, message }) => `  ${printable(path)}: ${printable(message)}`);
  return [`${created} of ${rows} people were entered${mail}${left}`, ...lines].join('\n');
}
