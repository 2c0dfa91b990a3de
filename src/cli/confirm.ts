import { createInterface } from 'node:readline/promises';
import { AppError } from '../kernel/errors.ts';

/** What is at stake, and what to type for it. */
export interface Question {
  /** Ends with what is asked. */
  readonly text: string;
  /** The answer that means yes. */
  readonly answer: string;
  /** What has not happened when it is not given. */
  readonly refusal: string;
}

/** @throws AppError `NOT_CONFIRMED` unless the answer is typed; without a terminal nobody can type it. */
export async function confirm({ text, answer, refusal }: Question): Promise<void> {
  const refused = new AppError({
    kind: 'invalid',
    code: 'NOT_CONFIRMED',
    message: refusal,
    remedy: `Type ${answer} when asked, or give --yes.`,
  });
  if (!process.stdin.isTTY) throw refused;
  const terminal = createInterface({ input: process.stdin, output: process.stderr });
  try {
    if ((await terminal.question(text)).trim() !== answer) throw refused;
  } finally {
    terminal.close();
  }
}
