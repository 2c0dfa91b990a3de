import { nearest } from '../../../config/nearest.ts';
import { AppError } from '../../kernel/errors.ts';
import type { ProfileFilter } from '../asks/profiles.ts';
import { readChoice } from '../read-choice.ts';
import { readPairs } from '../read-pairs.ts';

const KEYS = ['provider', 'state', 'forceReset', 'preRegistration', 'undeliverable', 'invitation', 'text'];

const INVITATIONS = [
  'held',
  'queued',
  'sent',
  'expired',
  'used',
  'undeliverable',
  'failed',
  'cancelled',
] as const;

/** The people that `KEY=VALUE` words describe. @throws AppError `FILTER_UNKNOWN`, `PAIR_INVALID` or `CHOICE_INVALID`. */
export function readFilter(words: readonly string[]): ProfileFilter {
  const given = readPairs(words);
  for (const key of Object.keys(given)) if (!KEYS.includes(key)) throw unknownFilter(key);
  return {
    provider: given['provider'],
    text: given['text'],
    state: readChoice('state', given['state'] ?? null, ['active', 'disabled']) ?? undefined,
    forceReset: readFlag('forceReset', given['forceReset']),
    preRegistration: readFlag('preRegistration', given['preRegistration']),
    undeliverable: readFlag('undeliverable', given['undeliverable']),
    invitation: readChoice('invitation', given['invitation'] ?? null, INVITATIONS) ?? undefined,
  };
}

function readFlag(name: string, text: string | undefined): boolean | undefined {
  const word = readChoice(name, text ?? null, ['true', 'false']);
  return word === null ? undefined : word === 'true';
}

function unknownFilter(key: string): AppError {
  const meant = nearest(key, KEYS);
  return new AppError({
    kind: 'invalid',
    code: 'FILTER_UNKNOWN',
    message: `There is no filter ${key}.`,
    remedy: meant === null ? `Known: ${KEYS.join(', ')}.` : `Did you mean ${meant}?`,
  });
}
