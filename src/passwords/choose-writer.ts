import { AppError } from '../kernel/errors.ts';
import type { WriteOrder } from './hasher.ts';
import { detect, formatOf, writtenFormatNamed } from './detect.ts';
import type { FormatWriter, PasswordFormat } from './formats/format.ts';
import { noPeppers, type ReadPepper } from './pepper.ts';

/**
 * The format that an order names; otherwise that of `current`; otherwise the one
 * that the provider's hashes are read as.
 *
 * @throws AppError `FORMAT_UNKNOWN` when nothing says which, `FORMAT_WEAK` when it is weak and nobody accepted that.
 */
export function chooseWriter(
  order: WriteOrder,
  current: string | null,
  readPepper: ReadPepper = noPeppers,
): FormatWriter {
  const named = order.format === 'auto' ? null : (order.format ?? null);
  const reading = order.reading ?? 'auto';
  const found =
    named === null
      ? (detect(current ?? '', reading, readPepper)?.format ?? formatOf(reading, readPepper))
      : writtenFormatNamed(named);
  if (found === undefined) throw unknownFormat(named);
  if (found.weak && order.weakAccepted !== true) throw weakFormat(found);
  return found.writer;
}

const REMEDY =
  'Set password.writeBack.format of the provider to one of the writable formats of the reference.';

function unknownFormat(name: string | null): AppError {
  const message =
    name === null
      ? 'The record holds no password hash that says in which format to write.'
      : `There is no password format ${name}.`;
  return new AppError({ kind: 'invalid', code: 'FORMAT_UNKNOWN', message, remedy: REMEDY });
}

function weakFormat({ name }: PasswordFormat): AppError {
  return new AppError({
    kind: 'invalid',
    code: 'FORMAT_WEAK',
    message: `Passwords are not written in the format ${name}: whoever reads the table could learn them.`,
    remedy: REMEDY,
  });
}
