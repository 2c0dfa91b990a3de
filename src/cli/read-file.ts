import { open } from 'node:fs/promises';
import { AppError, invalid } from '../kernel/errors.ts';

/**
 * Reads a small file of text.
 *
 * @param most bytes it may have.
 * @throws AppError `FILE_NOT_READABLE`, `FILE_TOO_LARGE` or `FILE_NOT_TEXT`.
 */
export async function readSmallFile(path: string, most: number): Promise<string> {
  const bytes = await readBytes(path, most);
  if (bytes.length > most) throw invalid('FILE_TOO_LARGE', `${path} has more than ${most} bytes.`, []);
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch (cause) {
    throw new AppError({
      kind: 'invalid',
      code: 'FILE_NOT_TEXT',
      message: `${path} is not text in UTF-8.`,
      cause,
    });
  }
}

/** One byte more than allowed is read, so that a file that grows, or a device, is noticed. */
async function readBytes(path: string, most: number): Promise<Buffer> {
  try {
    await using file = await open(path, 'r');
    const buffer = Buffer.alloc(most + 1);
    let filled = 0;
    for (;;) {
      const { bytesRead } = await file.read(buffer, filled, buffer.length - filled, null);
      filled += bytesRead;
      if (bytesRead === 0 || filled === buffer.length) return buffer.subarray(0, filled);
    }
  } catch (cause) {
    throw unreadable(path, cause);
  }
}

const REASONS: Readonly<Record<string, string>> = {
  ENOENT: 'does not exist',
  EACCES: 'may not be read by this user',
  EISDIR: 'is a directory',
};

/** Says why a file cannot be read. */
export function unreadable(path: string, cause: unknown): AppError {
  const { code } = cause as NodeJS.ErrnoException;
  const reason = REASONS[code ?? ''] ?? `cannot be read${code === undefined ? '' : ` (${code})`}`;
  return new AppError({ kind: 'missing', code: 'FILE_NOT_READABLE', message: `${path} ${reason}.`, cause });
}
