import { execFileSync } from 'node:child_process';
import { mkdir, mkdtemp, realpath, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { locateFile } from '../../../src/kernel/locate-file.ts';

const { signal } = new AbortController();

describe('locateFile', () => {
  let root: string;
  beforeAll(async () => {
    root = await realpath(await mkdtemp(join(tmpdir(), 'tributary-locate-')));
    for (const folder of ['allowed/deep', 'other', 'outside', 'allowed/own'])
      await mkdir(join(root, folder), { recursive: true });
    for (const file of [
      'allowed/a.db',
      'allowed/deep/b.db',
      'other/c.db',
      'outside/d.db',
      'allowed/own/e.db',
    ])
      await writeFile(join(root, file), 'x');
    await symlink(join(root, 'outside/d.db'), join(root, 'allowed/out.db'));
    await symlink(join(root, 'allowed/deep/b.db'), join(root, 'allowed/in.db'));
    await symlink(join(root, 'outside'), join(root, 'allowed/way-out'));
    await symlink(join(root, 'allowed/loop'), join(root, 'allowed/loop'));
    await symlink(join(root, 'allowed'), join(root, 'link-to-allowed'));
    execFileSync('mkfifo', [join(root, 'allowed/pipe')]);
  });
  afterAll(async () => {
    await rm(root, { recursive: true, force: true });
  });

  const locate = async (file: string, folders = ['allowed', 'other']): Promise<string> =>
    await locateFile(
      file.replace('ROOT', root),
      { folders: folders.map((folder) => join(root, folder)), dataDirectory: join(root, 'allowed/own') },
      signal,
    );

  it.each([
    ['ROOT/allowed/a.db', 'allowed/a.db'],
    ['a.db', 'allowed/a.db'],
    ['deep/b.db', 'allowed/deep/b.db'],
    ['c.db', 'other/c.db'],
    ['ROOT/allowed/deep/../a.db', 'allowed/a.db'],
    ['ROOT/allowed/in.db', 'allowed/deep/b.db'],
  ])('finds %s', async (file, found) => {
    await expect(locate(file)).resolves.toBe(join(root, found));
  });

  it('takes a folder that is a link for where it leads', async () => {
    await expect(locate('ROOT/link-to-allowed/a.db', ['link-to-allowed'])).resolves.toBe(
      join(root, 'allowed/a.db'),
    );
  });

  it.each([
    ['outside', 'ROOT/outside/d.db'],
    ['outside, where nothing is', 'ROOT/outside/none.db'],
    ['up and out', '../outside/d.db'],
    ['up and out, absolute', 'ROOT/allowed/../outside/d.db'],
    ['beginning like a folder', 'ROOT/allowed-not/x.db'],
    ['a link out', 'ROOT/allowed/out.db'],
    ['through a link out', 'ROOT/allowed/way-out/d.db'],
    ['a link to itself', 'ROOT/allowed/loop'],
    ['a folder', 'ROOT/allowed/deep'],
    ['an allowed folder itself', 'ROOT/allowed'],
    ['a pipe', 'ROOT/allowed/pipe'],
    ['our own', 'ROOT/allowed/own/e.db'],
    ['nothing', ''],
    ['a NUL', 'ROOT/allowed/a.db\0.txt'],
    ['a device', '/dev/null'],
  ])('refuses what is %s', async (_, file) => {
    await expect(locate(file)).rejects.toMatchObject({ name: 'ConnectorError', code: 'SOURCE_FILE_REFUSED' });
  });

  it('refuses everything when no folder is allowed', async () => {
    const refusing = locate('ROOT/allowed/a.db', []);
    await expect(refusing).rejects.toMatchObject({ code: 'SOURCE_FILE_REFUSED' });
    await expect(refusing).rejects.toThrow('TRIBUTARY_SQLITE_FOLDERS');
  });

  it('says that a file is missing inside of the folders only', async () => {
    await expect(locate('ROOT/allowed/none.db')).rejects.toMatchObject({ code: 'SOURCE_DATABASE_MISSING' });
    await expect(locate('none.db')).rejects.toMatchObject({ code: 'SOURCE_DATABASE_MISSING' });
  });
});
