import { argument, type Session, type Typed } from '../command.ts';
import { printRecords } from './print-records.ts';

export async function records({ output, withInstallation }: Session, typed: Typed): Promise<undefined> {
  await withInstallation(async ({ runs }) => {
    const count = await printRecords(output, runs, argument(typed, 0));
    if (count === 0)
      output.hint('This run has no plan: a first import applies what it reads, and one person needs none.');
  });
}
