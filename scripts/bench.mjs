import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { prepare } from './prepare.mjs';

/* Installs what is missing, then runs a benchmark: `npm run bench`, or `npm run bench -- sign-in 100`. Without a name it is the import. */

const root = fileURLToPath(new URL('..', import.meta.url));
const given = process.argv.slice(2);
const isNamed = /^[a-z-]+$/.test(given[0] ?? '') && existsSync(`${root}bench/${given[0]}.ts`);
const [name, rest] = isNamed ? [given[0], given.slice(1)] : ['import', given];
await prepare();
const { status } = spawnSync(process.execPath, ['--import', 'tsx', `bench/${name}.ts`, ...rest], {
  stdio: 'inherit',
  cwd: root,
});
process.exitCode = status ?? 1;
