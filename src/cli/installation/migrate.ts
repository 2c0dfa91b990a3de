import type { Session } from '../command.ts';

export async function migrate({ runtime, output }: Session): Promise<undefined> {
  const applied = await runtime.migrate();
  output.result({ applied }, () =>
    applied.length === 0 ? 'The store is up to date.' : `applied: ${applied.join(', ')}`,
  );
}
