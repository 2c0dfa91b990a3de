// Compiles TypeScript to dist, copies what the code reads at run time, and builds the console. Needs Node and the
// installed packages only.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { dirname, extname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const DIST = join(ROOT, 'dist');
const STAMP = join(DIST, '.built');
const CONSOLE = 'src/console';
const CONSOLE_STAMP = join(DIST, '.console-built');
const BUILD_INFO = join(DIST, '.tsbuildinfo');
const FOLDERS = ['src', 'connectors', 'jobs', 'config'];
const SETTINGS = ['package-lock.json', 'tsconfig.json', 'tsconfig.build.json', 'scripts/build.mjs'];
/** Compiled, or for readers of the source only. */
const NOT_COPIED = ['.ts', '.tsx', '.md'];
/** Served compressed; made once, here. */
const COMPRESSIBLE = ['.js', '.css', '.svg'];

/** Whether dist was built from exactly the present sources. */
export function isCurrent() {
  return isServerCurrent() && isConsoleCurrent();
}

function isServerCurrent() {
  return existsSync(STAMP) && readFileSync(STAMP, 'utf8') === digestOf(sources());
}

function isConsoleCurrent() {
  return existsSync(CONSOLE_STAMP) && readFileSync(CONSOLE_STAMP, 'utf8') === digestOf(consoleSources());
}

/** Builds what is outdated, and removes from dist what has no source any more. */
export async function build() {
  if (!isServerCurrent()) buildServer();
  if (!isConsoleCurrent()) await buildConsole();
}

async function buildConsole() {
  const digest = digestOf(consoleSources());
  rmSync(CONSOLE_STAMP, { force: true });
  const { build: bundle } = await import('vite');
  await bundle({ configFile: join(ROOT, CONSOLE, 'vite.config.mjs'), logLevel: 'warn' });
  for (const file of filesIn(DIST, 'console').filter((name) => COMPRESSIBLE.includes(extname(name))))
    writeFileSync(join(DIST, `${file}.gz`), gzipSync(readFileSync(join(DIST, file)), { level: 9 }));
  writeFileSync(CONSOLE_STAMP, digest);
}

function buildServer() {
  const files = sources();
  // Taken first: a source that changes while this runs makes the build outdated.
  const digest = digestOf(files);
  rmSync(STAMP, { force: true });
  compile();
  const outputs = files.flatMap(outputsOf);
  if (!outputs.every((file) => existsSync(join(DIST, file)) || !file.endsWith('.js'))) {
    // The compiler believes its record of what it wrote, also when somebody removed it.
    rmSync(BUILD_INFO, { force: true });
    compile();
  }
  for (const file of files.filter(isAsset)) {
    mkdirSync(dirname(join(DIST, file)), { recursive: true });
    cpSync(join(ROOT, file), join(DIST, file));
  }
  removeOthers(new Set(outputs));
  writeFileSync(STAMP, digest);
}

function compile() {
  const compiler = join(ROOT, 'node_modules', 'typescript', 'bin', 'tsc');
  const result = spawnSync(process.execPath, [compiler, '-p', 'tsconfig.build.json'], {
    cwd: ROOT,
    stdio: ['ignore', 2, 2],
  });
  if (result.status !== 0) throw new Error('the build failed; what the compiler said stands above.');
}

function sources() {
  const files = FOLDERS.flatMap((folder) => filesIn(ROOT, folder));
  return files.filter((file) => !file.startsWith(`${CONSOLE}/`)).toSorted();
}

/** Of the schemas the console has the types alone, which do not change what is built. */
function consoleSources() {
  return filesIn(ROOT, CONSOLE).toSorted();
}

function filesIn(base, folder) {
  if (!existsSync(join(base, folder))) return [];
  return readdirSync(join(base, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) =>
      join(entry.parentPath, entry.name).slice(base.length).replaceAll('\\', '/').replace(/^\//, ''),
    );
}

function digestOf(files) {
  const digest = createHash('sha256');
  for (const file of [...files, ...SETTINGS]) {
    const { size, mtimeMs } = statSync(join(ROOT, file));
    digest.update(`${file} ${size} ${mtimeMs}\n`);
  }
  return digest.digest('hex');
}

function isAsset(file) {
  return !NOT_COPIED.includes(extname(file));
}

function outputsOf(file) {
  if (isAsset(file)) return [file];
  if (file.endsWith('.d.ts') || file.endsWith('.md')) return [];
  const stem = file.replace(/\.tsx?$/, '');
  return [`${stem}.js`, `${stem}.js.map`];
}

function removeOthers(expected) {
  for (const folder of FOLDERS)
    for (const file of filesIn(DIST, folder)) if (!expected.has(file)) rmSync(join(DIST, file));
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await build();
