// `npm test`: installs and builds when needed, then runs jest with the arguments given.
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { prepare } from './prepare.mjs';

await prepare();
const jest = fileURLToPath(new URL('../node_modules/jest/bin/jest.js', import.meta.url));
// Jest runs ES modules through an interface of Node that is experimental, and says so once per worker.
const options = ['--experimental-vm-modules', '--disable-warning=ExperimentalWarning'];
const result = spawnSync(process.execPath, [jest, ...process.argv.slice(2)], {
  cwd: fileURLToPath(new URL('..', import.meta.url)),
  stdio: 'inherit',
  env: { ...process.env, NODE_OPTIONS: [process.env['NODE_OPTIONS'] ?? '', ...options].join(' ').trim() },
});
process.exitCode = result.status ?? 1;
