import { AppError } from '../kernel/errors.ts';
import { detect, formatNamed } from './detect.ts';
import type { FormatWriter } from './formats/format.ts';

/**
 * @param format a name; null or `auto` means the format of `current`.
 * @throws AppError `FORMAT_UNKNOWN` when neither says which, or the format is not one we write.
 */
export function chooseWriter(format: string | null, current: string | null): FormatWriter {
  const named = format === 'auto' ? null : format;
  const found = named === null ? detect(current ?? '', 'auto')?.format : formatNamed(named);
  if (found?.writer) return found.writer;
  const name = named ?? found?.name;
  throw new AppError({
    kind: 'invalid',
    code: 'FORMAT_UNKNOWN',
    message:
      name === undefined
        ? 'The record holds no password hash that says in which format to write.'
        : `Passwords are not written in the format ${name}.`,
    remedy: 'Set password.writeBack.format of the provider to one of the writable formats of the reference.',
  });
}
