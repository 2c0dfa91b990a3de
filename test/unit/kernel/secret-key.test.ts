import { chmod, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from '@jest/globals';
import { loadSecretKey } from '../../../src/kernel/secret-key.ts';

let directory: string;
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'tributary-key-'));
});
afterEach(async () => {
  await rm(directory, { recursive: true });
});

it('makes one key for any number of first starts at once, readable by its owner only', async () => {
  const data = join(directory, 'new', 'folder');
  const keys = await Promise.all(Array.from({ length: 8 }, () => loadSecretKey(null, data)));
  expect(new Set(keys.map((key) => key.toString('hex'))).size).toBe(1);
  expect(keys[0]).toHaveLength(32);
  expect((await stat(join(data, 'secret.key'))).mode & 0o777).toBe(0o600);
  expect(await readdir(data)).toEqual(['secret.key']);
  expect(await loadSecretKey(null, data)).toEqual(keys[0]);
});

it('prefers the configured key and makes no file then', async () => {
  const key = Buffer.alloc(32, 7);
  expect(await loadSecretKey(key, directory)).toBe(key);
  expect(await readdir(directory)).toEqual([]);
});

it('refuses a key that others may read, and says how to mend it', async () => {
  await loadSecretKey(null, directory);
  await chmod(join(directory, 'secret.key'), 0o640);
  await expect(loadSecretKey(null, directory)).rejects.toMatchObject({
    code: 'SECRET_KEY_EXPOSED',
    remedy: `Run: chmod 600 ${join(directory, 'secret.key')}`,
  });
});

it.each(['', 'short', `${'A'.repeat(80)}\n`])(
  'refuses a damaged file %j and leaves it as it is',
  async (content) => {
    const path = join(directory, 'secret.key');
    await writeFile(path, content, { mode: 0o600 });
    await expect(loadSecretKey(null, directory)).rejects.toMatchObject({ code: 'SECRET_KEY_DAMAGED' });
    expect(await readFile(path, 'utf8')).toBe(content);
  },
);
