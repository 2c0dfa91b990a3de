import { carryOutRun } from '../src/app/runs/carry-out-run.ts';
import { requestRun } from '../src/app/runs/request-run.ts';
import { showRun } from '../src/app/runs/show-run.ts';
import { newId } from '../src/kernel/ids.ts';
import type { Connector } from '../connectors/contract/connector.ts';
import type { AppContext } from '../src/app/context.ts';
import { aProvider, createWorld, PEOPLE, people } from '../test/support/context.ts';
import { startTestServer } from '../test/support/test-server.ts';

/*
 * How long a full run takes that finds nothing changed: by digests, against the same
 * run without them, which reads every record. Both in this process, on this machine.
 */

const PEOPLE_COUNT = Number(process.argv[2] ?? 100_000);
const ROUNDS = 5;

await using _server = await startTestServer();
await using world = await createWorld(PEOPLE + people(PEOPLE_COUNT));
await aProvider(world);
await timed(world.context);
const ratios: number[] = [];
for (let round = 1; round <= ROUNDS; round += 1) {
  const whole = await timed(withoutDigest(world.context));
  const digests = await timed(world.context);
  ratios.push(whole / digests);
  print(
    `round ${String(round)}: every record ${String(whole)} ms, digests ${String(digests)} ms, ratio ${(whole / digests).toFixed(1)}`,
  );
}
const median = ratios.toSorted((a, b) => a - b)[Math.floor(ROUNDS / 2)] ?? Number.NaN;
print(
  `full run of ${String(PEOPLE_COUNT)} people, nothing changed: by digests ${median.toFixed(1)} times as fast (median of ${String(ROUNDS)})`,
);

/** @returns milliseconds from its start to its end. */
async function timed(context: AppContext): Promise<number> {
  const cause = { kind: 'operator', name: 'bench' } as const;
  const { runId } = await requestRun(context, { provider: 'acme-hr', kind: 'full', cause });
  await carryOutRun(context, runId, { owner: newId(), signal: new AbortController().signal });
  const { state, startedAt, finishedAt } = await showRun(context, runId);
  if (state !== 'done') throw new Error(`the run ended as ${state}`);
  return Number(finishedAt) - Number(startedAt);
}

function withoutDigest(context: AppContext): AppContext {
  return {
    ...context,
    openProvider: async (...about) => {
      const connector = await context.openProvider(...about);
      const parts = Object.entries(connector.records).filter(([name]) => name !== 'digest');
      return { ...connector, records: Object.fromEntries(parts) as unknown as Connector['records'] };
    },
  };
}

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}
