import { availableParallelism } from 'node:os';
import { hash, verify } from 'argon2';
import { Secret } from '../connectors/contract/secret.ts';
import { TODAYS_COSTS } from '../src/passwords/costs.ts';
import { createPasswordHasher } from '../src/passwords/create-hasher.ts';

/*
 * How many passwords are verified in a second, as a ratio to bare argon2.verify
 * with the same settings and as many at once. Both in this run, on this machine,
 * taking turns, so that whatever else the machine does meets both.
 */

const ROUNDS = 7;
const SIGN_INS = Number(process.argv[2] ?? 200);
const AT_ONCE = 2 * availableParallelism();
const LEAST = 0.9;
const PASSWORD = 'correct horse battery staple';

await using hasher = createPasswordHasher();
const { memoryKiB, passes, lanes } = TODAYS_COSTS.argon2id;
const stored = await hash(PASSWORD, { memoryCost: memoryKiB, timeCost: passes, parallelism: lanes });
const [typed, sealed] = [new Secret(PASSWORD), new Secret(stored)];

const bare = (): Promise<boolean> => verify(stored, PASSWORD);
const ours = async (): Promise<boolean> => (await hasher.verify(typed, sealed)).result === 'match';

await Promise.all([perSecond(bare), perSecond(ours)]);
const ratios: number[] = [];
for (let round = 1; round <= ROUNDS; round += 1) {
  const order = round % 2 === 0 ? [bare, ours] : [ours, bare];
  const rates = new Map<unknown, number>();
  for (const check of order) rates.set(check, await perSecond(check));
  const [reference, measured] = [rates.get(bare) ?? Number.NaN, rates.get(ours) ?? Number.NaN];
  ratios.push(measured / reference);
  print(
    `round ${round}: ${measured.toFixed(0)} a second, bare ${reference.toFixed(0)}, ratio ${(measured / reference).toFixed(2)}`,
  );
}
const median = ratios.toSorted((a, b) => a - b)[Math.floor(ROUNDS / 2)] ?? Number.NaN;
print(
  `${AT_ONCE} at once: ${median.toFixed(2)} × bare argon2.verify (median of ${ROUNDS}, at least ${LEAST})`,
);
if (!(median >= LEAST)) process.exitCode = 1;

/** Keeps so many under way that there is always one to begin. */
async function perSecond(check: () => Promise<boolean>): Promise<number> {
  let left = SIGN_INS;
  const started = performance.now();
  const worker = async (): Promise<void> => {
    while (left > 0) {
      left -= 1;
      if (!(await check())) throw new Error('the right password was refused');
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
  return (SIGN_INS * 1000) / (performance.now() - started);
}

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}
