import { createRuntime } from '../../src/bin/runtime.ts';
import { runProgram } from '../../src/cli/program.ts';
import type { CommandResult } from './tributary.ts';

type Write = typeof process.stdout.write;

/**
 * Runs a command in this process, a tenth of the time that one of its own takes. One at a time: what it prints is
 * caught on its way.
 */
export async function runInProcess(env: NodeJS.ProcessEnv, args: readonly string[]): Promise<CommandResult> {
  const caught = { stdout: '', stderr: '' };
  const { isTTY } = process.stdin;
  const before = {
    stdout: process.stdout.write.bind(process.stdout),
    stderr: process.stderr.write.bind(process.stderr),
  };
  const into =
    (stream: 'stdout' | 'stderr'): Write =>
    (text: string | Uint8Array) => {
      caught[stream] += String(text);
      return true;
    };
  process.stdout.write = into('stdout');
  process.stderr.write = into('stderr');
  process.stdin.isTTY = false;
  try {
    const code = await runProgram(args, createRuntime(env));
    return { code, ...caught };
  } finally {
    process.stdout.write = before.stdout;
    process.stderr.write = before.stderr;
    process.stdin.isTTY = isTTY;
  }
}
