import { createHash } from 'node:crypto';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { lockDirectory } from '../../../../src/store/embedded/lock.ts';

let directory = '';
let file = '';
beforeEach(async () => {
  directory = await mkdtemp(path.join(tmpdir(), 'tributary-lock-'));
  file = path.join(directory, 'owner.lock');
});
afterEach(async () => {
  await rm(directory, { recursive: true, force: true });
});

describe('the lock on a data folder', () => {
  it.each([
    ['an empty file', ''],
    ['no JSON', 'not json'],
    ['something else', '{"pid":"1"}'],
    ['a process that does not run', '{"pid":4194303,"identity":"x"}'],
    [
      'a number that another process has now',
      JSON.stringify({ pid: process.pid, identity: 'an earlier life' }),
    ],
  ])('is taken over when it holds %s', async (_, text) => {
    await writeFile(file, text);
    await using _lock = await lockDirectory(directory);
    expect(JSON.parse(await readFile(file, 'utf8'))).toMatchObject({ pid: process.pid });
  });

  it('goes to one of many who find the same stale lock', async () => {
    for (let turn = 0; turn < 40; turn += 1) {
      await writeFile(file, `{"pid":4194303,"identity":"${String(turn)}"}`);
      const taken = await Promise.allSettled(Array.from({ length: 20 }, () => lockDirectory(directory)));
      expect(taken.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
      expect(await readdir(directory)).toEqual(['owner.lock']);
    }
  });

  it('is taken over from somebody who died while taking it over', async () => {
    const stale = '{"pid":4194303,"identity":"x"}';
    await writeFile(file, stale);
    const name = createHash('sha256').update(stale).digest('hex').slice(0, 16);
    await writeFile(`${file}.${name}`, '{"pid":4194303,"identity":"y"}');
    await using _lock = await lockDirectory(directory);
    expect(await readdir(directory)).toEqual(['owner.lock']);
  });

  it('is given back, and nothing is left', async () => {
    for (let turn = 0; turn < 2; turn += 1) await (await lockDirectory(directory))[Symbol.asyncDispose]();
    expect(await readdir(directory)).toEqual([]);
  });
});
