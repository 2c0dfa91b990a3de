import type { Readable } from 'node:stream';
import { AppError, invalid } from '../../kernel/errors.ts';

/** 200 MB: ten times what a file of the most people needs. */
const MAX_BYTES = 200_000_000;

/**
 * Bytes as text, chunk by chunk, without a byte order mark.
 *
 * @throws AppError `FILE_NOT_TEXT` when they are not UTF-8, `FILE_TOO_LARGE`.
 */
export async function* decodeText(stream: Readable): AsyncGenerator<string> {
  const decoder = new TextDecoder('utf-8', { fatal: true });
  let bytes = 0;
  for await (const chunk of stream) {
    const buffer = Buffer.from(chunk as Uint8Array | string);
    bytes += buffer.length;
    if (bytes > MAX_BYTES) throw invalid('FILE_TOO_LARGE', `The file has more than ${MAX_BYTES} bytes.`, []);
    yield decode(() => decoder.decode(buffer, { stream: true }));
  }
  yield decode(() => decoder.decode());
}

function decode(work: () => string): string {
  const text = attempt(work);
  // Valid in UTF-8, and in every file of UTF-16 that holds European text.
  if (text.includes('\0')) throw notText(undefined);
  return text;
}

function attempt(work: () => string): string {
  try {
    return work();
  } catch (cause) {
    throw notText(cause);
  }
}

function notText(cause: unknown): AppError {
  return new AppError({
    kind: 'invalid',
    code: 'FILE_NOT_TEXT',
    message: 'The file is not text in UTF-8.',
    remedy: 'Save it as "CSV UTF-8"; a spreadsheet itself cannot be imported.',
    cause,
  });
}
