import { showKeys, type ShownKey } from '../../../app/installation/show-keys.ts';
import { AppError } from '../../../kernel/errors.ts';
import { dropOldKeys } from '../../../kernel/secret-key.ts';
import type { Session } from '../../command.ts';
import { inFileOnly } from './in-file-only.ts';

/** @throws AppError `SECRET_KEY_NEEDED` while anything hangs on another key than the present one. */
export async function drop({ runtime, output }: Session): Promise<undefined> {
  const { config } = await runtime.config();
  inFileOnly(config);
  {
    await using opened = await runtime.openContext();
    const needed = (await showKeys(opened.context)).filter(isNeeded);
    if (needed.length > 0) throw stillNeeded(needed);
  }
  const dropped = await dropOldKeys(config.dataDirectory);
  output.result({ dropped }, () =>
    dropped === 0
      ? 'There was only the present key.'
      : `${String(dropped)} dropped; only the present key is left.`,
  );
}

function isNeeded({ state, secrets, links, audit }: ShownKey): boolean {
  return state === 'accepted' && (secrets > 0 || links > 0 || audit);
}

function stillNeeded(needed: readonly ShownKey[]): AppError {
  const what = needed.map(
    ({ keyId, secrets, links, audit }) =>
      `${keyId} (${String(secrets)} secrets, ${String(links)} links${audit ? ', the audit log' : ''})`,
  );
  return new AppError({
    kind: 'invalid',
    code: 'SECRET_KEY_NEEDED',
    message: `Something hangs on keys that would be dropped: ${what.join(', ')}.`,
    remedy: 'Run tributary secret-key reseal. Links end by themselves, or when their e-mails are sent.',
  });
}
