// `npm run docs:man [FOLDER]`: writes a page of the manual for each command, FOLDER/man1; build/man unless given.
import { mkdirSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { prepare } from './prepare.mjs';

await prepare();
const { COMMANDS } = await import('../dist/src/cli/commands.js');
const { pageOf } = await import('../dist/src/cli/help/page.js');
const { fileName, pageRoff } = await import('../dist/src/cli/help/page-roff.js');
const { VERSION } = await import('../dist/src/cli/version.js');
const folder = resolve(process.argv[2] ?? 'build/man', 'man1');
mkdirSync(folder, { recursive: true });
for (const command of COMMANDS) {
  const page = pageOf(command);
  writeFileSync(join(folder, `${fileName(page.title)}.1`), pageRoff(page, VERSION));
}
console.error(
  `${COMMANDS.length} pages are in ${folder}; read one with: man -M ${resolve(folder, '..')} tributary-sync`,
);
