import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { showRun } from '../../src/app/runs/show-run.ts';
import type { ListedRun } from '../../src/store/runs/list-runs.ts';
import { orderFor } from './child-context.ts';
import type { World } from './context.ts';

/** Carries a run out in a process of its own, and kills it as soon as `enough` says so. */
export async function killWhen(
  world: World,
  runId: string,
  enough: (run: ListedRun) => boolean,
): Promise<void> {
  const order = JSON.stringify({ ...orderFor(world), runId });
  const child = spawn(process.execPath, ['--import', 'tsx', 'test/support/carry-out-child.ts'], {
    env: { ...process.env, NODE_OPTIONS: '', CARRY_OUT: order },
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  const ended = once(child, 'exit');
  for (;;) {
    const run = await showRun(world.context, runId);
    if (enough(run)) break;
    if (run.state === 'done' || run.state === 'failed' || child.exitCode !== null) {
      throw new Error(`the run ended before it could be killed: ${JSON.stringify(run)}`);
    }
    await sleep(2);
  }
  child.kill('SIGKILL');
  await ended;
  // A dead worker's lease runs out after 30 seconds; nothing else is waited for here.
  await world.context.store.read.query(
    `UPDATE runs SET lease_until = now() - interval '1 second' WHERE id = $1`,
    [runId],
  );
}
