import { createInterface } from 'node:readline/promises';
import { Writable } from 'node:stream';
import { Secret } from '../../../connectors/contract/secret.ts';
import { AppError } from '../../kernel/errors.ts';

/** More than any password has; a file given by mistake is not read to its end. */
const MOST = 10_000;

/**
 * A password from standard input: typed unseen on a terminal, otherwise the
 * first line. Never from the command line, where every user of the machine can
 * read it.
 *
 * @throws AppError `PASSWORD_NOT_GIVEN` when there is none.
 */
export async function readPassword(question: string, signal: AbortSignal): Promise<Secret> {
  const text = process.stdin.isTTY ? await ask(question, signal) : await firstLine();
  if (text === '')
    throw new AppError({
      kind: 'invalid',
      code: 'PASSWORD_NOT_GIVEN',
      message: 'No password was given on standard input.',
    });
  return new Secret(text);
}

async function ask(question: string, signal: AbortSignal): Promise<string> {
  process.stderr.write(question);
  const unseen = new Writable({ write: (_chunk, _encoding, done) => done() });
  const lines = createInterface({ input: process.stdin, output: unseen, terminal: true });
  try {
    return await lines.question('', { signal });
  } finally {
    lines.close();
    process.stderr.write('\n');
  }
}

async function firstLine(): Promise<string> {
  let text = '';
  process.stdin.setEncoding('utf8');
  for await (const chunk of process.stdin) {
    text += String(chunk);
    if (text.includes('\n') || text.length > MOST) break;
  }
  return text.split(/\r?\n/, 1)[0] ?? '';
}
