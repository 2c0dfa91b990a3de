import { Readable, Transform } from 'node:stream';
import { AppError, invalid } from '../../kernel/errors.ts';

/** 100,000 rows of what describes a person are a fraction of it. */
const MOST_BYTES = 50_000_000;

/** The body as it comes, and not more of it than is allowed. @throws AppError `FILE_TOO_LARGE` while it is read, `BODY_MALFORMED` */
export function limitBytes(body: unknown): Readable {
  if (!(body instanceof Readable))
    throw new AppError({
      kind: 'malformed',
      code: 'BODY_MALFORMED',
      message: 'The body is not a file.',
      remedy: 'Send the file as text/csv.',
    });
  let bytes = 0;
  const counting = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      bytes += chunk.length;
      if (bytes <= MOST_BYTES) done(null, chunk);
      else done(invalid('FILE_TOO_LARGE', 'The file has more than 50 MB: import it in parts.', []));
    },
  });
  return body.once('error', (error) => counting.destroy(error)).pipe(counting);
}
