import { readFileSync } from 'node:fs';

/** From package.json, which is two folders up in the sources and three in the build. */
export const VERSION = readVersion(['../../package.json', '../../../package.json']);

function readVersion(places: readonly string[]): string {
  for (const place of places) {
    try {
      const text = readFileSync(new URL(place, import.meta.url), 'utf8');
      const { version } = JSON.parse(text) as { version?: string };
      if (version !== undefined) return version;
    } catch {
      continue;
    }
  }
  return 'unknown';
}
