import { createRuntime } from './runtime.ts';

/** Runs one command. @returns its exit code. */
export async function main(args: readonly string[]): Promise<number> {
  endWhenNobodyReads();
  const { runProgram } = await import('../cli/program.ts');
  return await runProgram(args, createRuntime(process.env));
}

/** `tributary … | head` closes the pipe: that is no failure of ours. */
function endWhenNobodyReads(): void {
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error;
    process.exit(0);
  });
}
