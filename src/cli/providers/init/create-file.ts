import { writeFile } from 'node:fs/promises';
import { invalid } from '../../../kernel/errors.ts';

/** Never over a file that is there. @throws AppError `FILE_EXISTS` or `FILE_NOT_WRITABLE` */
export async function createFile(file: string, text: string): Promise<void> {
  try {
    await writeFile(file, text, { flag: 'wx' });
  } catch (error) {
    const exists = (error as NodeJS.ErrnoException).code === 'EEXIST';
    throw refuse(exists ? 'FILE_EXISTS' : 'FILE_NOT_WRITABLE', {
      path: file,
      message: exists ? 'is there already, and is left alone' : 'cannot be written',
      remedy: 'Give another path with --out.',
    });
  }
}

export function refuse(
  code: string,
  problem: { readonly path: string; readonly message: string; readonly remedy: string },
): Error {
  return invalid(code, 'No file was written.', [{ code, ...problem }]);
}
