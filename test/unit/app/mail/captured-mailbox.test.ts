import { mkdtemp, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import {
  listCaptured,
  readCaptured,
  storeCaptured,
  type CapturedMail,
} from '../../../../src/app/mail/captured-mailbox.ts';
import { newId } from '../../../../src/kernel/ids.ts';

let directory = '';
beforeEach(async () => {
  directory = join(await mkdtemp(join(tmpdir(), 'captured-')), 'mail');
});
afterEach(async () => {
  await rm(join(directory, '..'), { recursive: true });
});

function mail(about: Partial<CapturedMail> = {}): CapturedMail {
  return {
    id: newId(),
    at: '2026-01-02T03:04:05.678Z',
    to: 'ada@example.org',
    from: 'access@example.org',
    subject: 'Välkommen',
    text: 'Hej',
    html: '<p>Hej</p>',
    headers: { 'Message-ID': '<x@example.org>' },
    ...about,
  };
}

describe('the captured mailbox', () => {
  it('gives back what was stored', async () => {
    const stored = mail();
    await storeCaptured(directory, stored);
    expect(await readCaptured(directory, stored.id)).toEqual(stored);
  });

  it('is empty before anything was stored', async () => {
    expect(await listCaptured(directory)).toEqual([]);
  });

  it('lists the newest first', async () => {
    const older = mail({ at: '2026-01-01T00:00:00.000Z' });
    const newer = mail({ at: '2026-01-03T00:00:00.000Z' });
    await storeCaptured(directory, newer);
    await storeCaptured(directory, older);
    expect((await listCaptured(directory)).map(({ id }) => id)).toEqual([newer.id, older.id]);
  });

  it('keeps the first of two mails with one id', async () => {
    const first = mail({ subject: 'first' });
    await storeCaptured(directory, first);
    await storeCaptured(directory, { ...first, subject: 'second' });
    expect((await listCaptured(directory)).map(({ subject }) => subject)).toEqual(['first']);
  });

  it('leaves no draft behind when many store at once', async () => {
    const mails = Array.from({ length: 20 }, () => mail());
    await Promise.all(
      mails.flatMap((each) => [storeCaptured(directory, each), storeCaptured(directory, each)]),
    );
    expect((await readdir(directory)).toSorted()).toEqual(mails.map(({ id }) => `${id}.json`).toSorted());
  });

  it('reads nothing outside the directory', async () => {
    await storeCaptured(directory, mail());
    await writeFile(join(directory, '..', 'secret.json'), '{}');
    for (const id of ['../secret', '', '.', 'x'.repeat(5000), '%2e%2e%2fsecret'])
      expect(await readCaptured(directory, id)).toBeNull();
  });

  it('lets nobody but the owner read', async () => {
    const stored = mail();
    await storeCaptured(directory, stored);
    expect((await stat(join(directory, `${stored.id}.json`))).mode & 0o077).toBe(0);
    expect((await stat(directory)).mode & 0o077).toBe(0);
  });
});
