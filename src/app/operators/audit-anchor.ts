import { appendFile, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { invalid, type Problem } from '../../kernel/errors.ts';
import { readLastEntry } from '../../store/operators/read-audit.ts';
import type { AppContext } from '../context.ts';

/** How long the audit log was at some moment, and the chain value of its last entry then. No secret. */
export interface AuditAnchor {
  readonly seq: bigint;
  readonly chain: Buffer;
}

const ANCHOR = /^(\d{1,18}):([A-Za-z0-9_-]{43})$/;

/** `12:…`; see {@link anchorText}. @returns null for what is none. */
export function readAnchor(text: string): AuditAnchor | null {
  const [, seq, chain] = ANCHOR.exec(text.trim()) ?? [];
  if (seq === undefined || chain === undefined) return null;
  return { seq: BigInt(seq), chain: Buffer.from(chain, 'base64url') };
}

/** What earlier verifications said, as somebody gives it back. @throws AppError `ANCHOR_INVALID` with every one that is none. */
export function readAnchors(texts: readonly string[]): readonly AuditAnchor[] {
  const read = texts.map(readAnchor);
  const problems = read.flatMap((anchor, at) => (anchor === null ? [noAnchor(at)] : []));
  if (problems.length === 0) return read.filter((anchor) => anchor !== null);
  throw invalid(
    'ANCHOR_INVALID',
    'An anchor cannot be read: it is what audit verify said, or the log.',
    problems,
  );
}

function noAnchor(at: number): Problem {
  const remedy = 'It is a number, a colon and 43 letters and digits.';
  return { path: `anchors[${String(at)}]`, code: 'ANCHOR_INVALID', message: 'is no anchor.', remedy };
}

export function anchorText({ seq, chain }: AuditAnchor): string {
  return `${String(seq)}:${chain.toString('base64url')}`;
}

function anchorFile(context: Pick<AppContext, 'settings'>): string {
  return join(context.settings.dataDirectory, 'audit-anchors');
}

/** The anchors that this installation has noted, oldest first; none when there is no such file. */
export async function notedAnchors(context: Pick<AppContext, 'settings'>): Promise<readonly AuditAnchor[]> {
  const text = await readFile(anchorFile(context), 'utf8').catch((error: unknown) => {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return '';
    throw error;
  });
  return text.split('\n').flatMap((line) => readAnchor(line) ?? []);
}

/**
 * Notes the present end of the audit log outside of the store: in the file
 * `audit-anchors` of the data directory and in the process's log, which is kept
 * elsewhere. What is cut off the log later is missed there.
 *
 * @returns null when nothing has been added since the last one.
 */
export async function noteAnchor(
  context: Pick<AppContext, 'store' | 'settings' | 'logger'>,
): Promise<AuditAnchor | null> {
  const last = await readLastEntry(context.store.read);
  if (last === null) return null;
  const anchor = { seq: BigInt(last.seq), chain: last.chain };
  const noted = (await notedAnchors(context)).at(-1);
  // One that goes back is what the file is there to show: it is not written over.
  if (noted !== undefined && noted.seq >= anchor.seq) return null;
  const text = anchorText(anchor);
  await appendFile(anchorFile(context), `${text}\n`, { mode: 0o600 });
  context.logger.info('audit log', { entries: last.seq, anchor: text });
  return anchor;
}
