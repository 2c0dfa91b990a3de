import { userInfo } from 'node:os';
import { resealSecrets, type ResealReport } from '../../../app/installation/reseal-secrets.ts';
import { showKeys } from '../../../app/installation/show-keys.ts';
import { flag, type ExitCode, type Session, type Typed } from '../../command.ts';
import { Progress } from '../../progress.ts';

/** @returns 1 when some secrets could not be opened. */
export async function reseal({ runtime, output, signal }: Session, typed: Typed): Promise<ExitCode> {
  await using opened = await runtime.openContext();
  const { context } = opened;
  const before = await showKeys(context);
  const total = before
    .filter(({ state }) => state === 'accepted')
    .reduce((sum, { secrets }) => sum + secrets, 0);
  const progress = new Progress();
  const report = await resealSecrets(context, {
    actor: `cli:${userInfo().username}`,
    acceptLoss: flag(typed, 'acceptLoss'),
    signal,
    onProgress: (done) => {
      if (total > 0) progress.show({ label: 'sealed', done, total });
    },
  }).finally(() => {
    progress.end();
  });
  output.result(report, () => reportText(report));
  const waiting = (await showKeys(context)).filter(({ state, links }) => state === 'accepted' && links > 0);
  for (const { keyId, links } of waiting)
    output.hint(
      `${String(links)} e-mails that wait for another attempt carry links of ${keyId}: keep it until they are sent, or their links change.`,
    );
  if (waiting.length === 0 && before.some(({ state }) => state === 'accepted'))
    output.hint(
      'Nothing hangs on the keys before: tributary secret-key drop, or clear TRIBUTARY_SECRET_KEYS_ACCEPTED.',
    );
  return report.unreadable.length > 0 ? 1 : 0;
}

function reportText({ keyId, resealed, unreadable }: ResealReport): string {
  const done =
    resealed === 0
      ? `Every secret that can be read is sealed with ${keyId}.`
      : `${resealed.toLocaleString('en-GB')} secrets are sealed with ${keyId} now.`;
  const lines = unreadable.map(
    ({ column, count }) => `  ${column}: ${String(count)} cannot be opened with any key here`,
  );
  return [done, ...lines].join('\n');
}
