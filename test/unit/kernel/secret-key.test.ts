import { chmod, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from '@jest/globals';
import {
  changeKeyFile,
  dropOldKeys,
  loadSecretKeys,
  type SecretKeys,
} from '../../../src/kernel/secret-key.ts';

const NONE = { key: null, accepted: [] };

let directory: string;
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'tributary-key-'));
});
afterEach(async () => {
  await rm(directory, { recursive: true });
});

async function load(): Promise<SecretKeys> {
  return await loadSecretKeys(NONE, directory);
}

it('makes one key for any number of first starts at once, readable by its owner only', async () => {
  const data = join(directory, 'new', 'folder');
  const keys = await Promise.all(Array.from({ length: 8 }, async () => await loadSecretKeys(NONE, data)));
  expect(new Set(keys.map(({ key }) => key.toString('hex'))).size).toBe(1);
  expect(keys[0]?.key).toHaveLength(32);
  expect((await stat(join(data, 'secret.key'))).mode & 0o777).toBe(0o600);
  expect(await readdir(data)).toEqual(['secret.key']);
  expect(await loadSecretKeys(NONE, data)).toEqual({ key: keys[0]?.key, accepted: [], inFile: true });
});

it('prefers the configured key and makes no file then', async () => {
  const [key, other] = [Buffer.alloc(32, 7), Buffer.alloc(32, 8)];
  const keys = await loadSecretKeys({ key, accepted: [other] }, directory);
  expect(keys).toEqual({ key, accepted: [other], inFile: false });
  expect(await readdir(directory)).toEqual([]);
});

it('puts a new key in front of those before, and drops those again', async () => {
  const { key: first } = await load();
  const second = await changeKeyFile(directory);
  const third = await changeKeyFile(directory);
  const other = Buffer.alloc(32, 8);
  expect(await loadSecretKeys({ key: null, accepted: [other] }, directory)).toEqual({
    key: third,
    accepted: [second, first, other],
    inFile: true,
  });
  expect((await stat(join(directory, 'secret.key'))).mode & 0o777).toBe(0o600);
  expect(await dropOldKeys(directory)).toBe(2);
  expect(await dropOldKeys(directory)).toBe(0);
  expect(await load()).toEqual({ key: third, accepted: [], inFile: true });
  expect(await readdir(directory)).toEqual(['secret.key']);
});

it('refuses a key that others may read, and says how to mend it', async () => {
  await load();
  await chmod(join(directory, 'secret.key'), 0o640);
  await expect(load()).rejects.toMatchObject({
    code: 'SECRET_KEY_EXPOSED',
    remedy: `Run: chmod 600 ${join(directory, 'secret.key')}`,
  });
  await expect(changeKeyFile(directory)).rejects.toMatchObject({ code: 'SECRET_KEY_EXPOSED' });
});

it.each(['', 'short', `${'A'.repeat(80)}\n`, `${'A'.repeat(43)}=\nshort\n`])(
  'refuses a damaged file %j and leaves it as it is',
  async (content) => {
    const path = join(directory, 'secret.key');
    await writeFile(path, content, { mode: 0o600 });
    await expect(load()).rejects.toMatchObject({ code: 'SECRET_KEY_DAMAGED' });
    await expect(changeKeyFile(directory)).rejects.toMatchObject({ code: 'SECRET_KEY_DAMAGED' });
    expect(await readFile(path, 'utf8')).toBe(content);
  },
);
