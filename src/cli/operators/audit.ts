import { AppError } from '../../kernel/errors.ts';
import type { AuditReport } from '../asks/operators.ts';
import { option, texts, type ExitCode, type Session, type Typed } from '../command.ts';
import { time } from '../output.ts';
import { readStretch } from '../read-stretch.ts';

export async function list(session: Session, typed: Typed): Promise<undefined> {
  const { output } = session;
  const stretch = readStretch(typed, new Date());
  const filter = {
    actor: option(typed, 'actor') ?? undefined,
    action: option(typed, 'action') ?? undefined,
    subject: option(typed, 'subject') ?? undefined,
    after: option(typed, 'after') === null ? undefined : String(readSeq(option(typed, 'after') ?? '')),
    ...stretch,
  };
  await session.withInstallation(async ({ audit }) => {
    const entries = await audit.list(filter);
    output.list(entries, () =>
      output.table(
        ['NO', 'TIME', 'WHO', 'WHAT', 'TO', 'DETAIL'],
        entries.map(({ seq, at, actor, action, subject, detail }) => [
          seq,
          time(at),
          actor,
          action,
          subject,
          JSON.stringify(detail),
        ]),
        'Nothing is like that.',
      ),
    );
    const last = entries.at(-1);
    if (last !== undefined && entries.length === stretch.limit)
      output.hint(`There may be more: --after ${last.seq}`);
  });
}

/** @returns 1 when the log is not what was written. */
export async function verify(session: Session, typed: Typed): Promise<ExitCode> {
  const { output } = session;
  const anchors = texts(typed.options['anchor']);
  return await session.withInstallation(async ({ audit }) => {
    const report = await audit.verify(anchors);
    output.result(report, () => reportText(report));
    if (report.faults.length > 0) return 1;
    if (report.anchor !== null)
      output.hint(`Keep this where nobody of this installation can write: ${report.anchor}`);
    return 0;
  });
}

function reportText({ entries, faults, anchors }: AuditReport): string {
  const known = `${entries} entries, compared with ${anchors} anchors`;
  if (faults.length === 0) return `The audit log is whole: ${known}.`;
  const lines = faults.map(({ seq, message, code }) => `  entry ${seq}: ${message} (${code})`);
  return [`The audit log is not what was written: ${known}.`, ...lines].join('\n');
}

function readSeq(text: string): bigint {
  if (/^\d{1,18}$/.test(text)) return BigInt(text);
  throw new AppError({
    kind: 'invalid',
    code: 'NUMBER_INVALID',
    message: '--after takes the number of an entry.',
  });
}
