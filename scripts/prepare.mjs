// Installs and builds what is missing or outdated. Needs Node and npm only.
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build, isCurrent } from './build.mjs';
import { withLock } from './lock.mjs';

const ROOT = fileURLToPath(new URL('..', import.meta.url));

/** Makes sure that packages are installed as locked and that the build is current; says so on stderr when there is work. */
export async function prepare() {
  requireNode();
  if (isInstalled() && isCurrent()) return;
  await withLock(join(ROOT, '.prepare.lock'), async () => {
    if (!isInstalled()) install();
    if (!isCurrent()) {
      say('Building …');
      await build();
    }
  });
}

/** Installs packages when what is there is not what the lockfile says. */
export async function prepareInstall() {
  requireNode();
  if (!isInstalled()) await withLock(join(ROOT, '.prepare.lock'), install);
}

/** npm keeps its own record of what it installed, written last: it has to name what the lockfile names. */
function isInstalled() {
  const record = join(ROOT, 'node_modules', '.package-lock.json');
  if (!existsSync(record)) return false;
  const locked = packagesOf(join(ROOT, 'package-lock.json'));
  const installed = packagesOf(record);
  // Packages of other platforms are optional and stay out.
  return Object.entries(locked).every(([path, { version, optional, devOptional }]) => {
    const there = installed[path];
    if (path === '') return true;
    return there === undefined ? optional === true || devOptional === true : there.version === version;
  });
}

function packagesOf(file) {
  return JSON.parse(readFileSync(file, 'utf8')).packages;
}

function install() {
  say('Installing packages, once: this takes about a minute …');
  // npm's own output goes to stderr: standard output belongs to the command that runs afterwards.
  const npm = process.env['npm_execpath'];
  const [command, first] = npm?.endsWith('.js') ? [process.execPath, [npm]] : ['npm', []];
  const result = spawnSync(
    command,
    [...first, 'ci', '--include=dev', '--no-audit', '--no-fund', '--loglevel=error'],
    {
      cwd: ROOT,
      stdio: ['ignore', 2, 2],
      shell: process.platform === 'win32',
    },
  );
  if (result.status !== 0) throw new Error('npm ci failed; what it said stands above.');
}

function requireNode() {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  if (major < 20 || (major === 20 && minor < 19))
    throw new Error(`needs Node 20.19 or later; this is ${process.version}.`);
}

function say(text) {
  console.error(`tributary: ${text}`);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await prepare();
