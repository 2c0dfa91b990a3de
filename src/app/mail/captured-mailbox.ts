import { mkdir, open, readdir, readFile, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { isId, newId } from '../../kernel/ids.ts';

/** One e-mail as it would have gone out, kept as a file because there is no SMTP server. */
export interface CapturedMail {
  /** The e-mail's id; storing the same id again changes nothing. */
  readonly id: string;
  /** When it was sent, ISO 8601 in UTC. */
  readonly at: string;
  readonly to: string;
  readonly from: string;
  readonly subject: string;
  readonly text: string;
  readonly html: string;
  /** Names in the spelling they are sent with. */
  readonly headers: Readonly<Record<string, string>>;
}

/** Mails hold links that set passwords: nobody but the owner of the process may read them. */
const OWNER_ONLY = 0o600;
const OWNER_ONLY_FOLDER = 0o700;

/**
 * Keeps a mail. Atomic: a reader sees all of it or nothing, and a crash leaves no
 * half-written mail behind. A mail already there stays as it was first stored.
 *
 * @param directory made when it does not exist.
 */
export async function storeCaptured(directory: string, mail: CapturedMail): Promise<void> {
  await mkdir(directory, { recursive: true, mode: OWNER_ONLY_FOLDER });
  if ((await readCaptured(directory, mail.id)) !== null) return;
  const draft = join(directory, `.${newId()}.draft`);
  try {
    const file = await open(draft, 'wx', OWNER_ONLY);
    try {
      await file.writeFile(JSON.stringify(mail));
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(draft, pathOf(directory, mail.id));
  } finally {
    await rm(draft, { force: true });
  }
}

/** Every kept mail, newest first; none when the directory does not exist. */
export async function listCaptured(directory: string): Promise<readonly CapturedMail[]> {
  const names = await readdir(directory).catch(absentMeans<string[]>([]));
  const ids = names.filter((name) => name.endsWith('.json')).map((name) => name.slice(0, -'.json'.length));
  const mails: CapturedMail[] = [];
  for (const id of ids) {
    const mail = await readCaptured(directory, id);
    if (mail !== null) mails.push(mail);
  }
  return mails.toSorted((a, b) => (a.at === b.at ? compare(b.id, a.id) : compare(b.at, a.at)));
}

/** Null when there is no such mail, or when `id` is not the id of a mail at all. */
export async function readCaptured(directory: string, id: string): Promise<CapturedMail | null> {
  // An id out of a URL becomes part of a path: only a UUID may.
  if (!isId(id)) return null;
  const text = await readFile(pathOf(directory, id), 'utf8').catch(absentMeans(null));
  return text === null ? null : (JSON.parse(text) as CapturedMail);
}

function pathOf(directory: string, id: string): string {
  return join(directory, `${id.toLowerCase()}.json`);
}

function compare(a: string, b: string): number {
  return a < b ? -1 : Number(a > b);
}

function absentMeans<T>(value: T): (error: unknown) => T {
  return (error) => {
    if (typeof error === 'object' && error !== null && 'code' in error && error.code === 'ENOENT')
      return value;
    throw error;
  };
}
