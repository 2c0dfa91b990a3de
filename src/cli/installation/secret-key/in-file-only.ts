import type { Config } from '../../../../config/options.ts';
import { AppError } from '../../../kernel/errors.ts';

/** @throws AppError `SECRET_KEY_CONFIGURED` when the key is not in the data directory. */
export function inFileOnly({ secretKey }: Pick<Config, 'secretKey'>): void {
  if (secretKey === null) return;
  throw new AppError({
    kind: 'invalid',
    code: 'SECRET_KEY_CONFIGURED',
    message: 'The key comes from TRIBUTARY_SECRET_KEY, and not from the data directory.',
    remedy: 'Change it where that is set; the one before goes to TRIBUTARY_SECRET_KEYS_ACCEPTED for a while.',
  });
}
