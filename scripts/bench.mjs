import { spawnSync } from 'node:child_process';
import { prepare } from './prepare.mjs';

/* Installs what is missing, then runs the benchmarks. Arguments are passed on: the number of people to import. */

await prepare();
const { status } = spawnSync(
  process.execPath,
  ['--import', 'tsx', 'bench/import.ts', ...process.argv.slice(2)],
  {
    stdio: 'inherit',
  },
);
process.exitCode = status ?? 1;
