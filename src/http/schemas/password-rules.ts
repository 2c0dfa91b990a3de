import { z } from 'zod';
import { WEAK_FORMAT_WORDS } from '../../../connectors/contract/definition.ts';
import { text } from './checks.ts';
import { fieldRule } from './field-rule.ts';
import { passwordFormat } from './password-format.ts';

const alsoValue = z.union([z.string(), z.number(), z.boolean(), z.null()]);

export const writeBackSchema = z.strictObject({
  enabled: z.boolean().default(false),
  format: text.optional(),
  weakFormatAccepted: z.literal(WEAK_FORMAT_WORDS).optional(),
  compare: text.optional(),
  set: z.record(text, alsoValue).default({}),
  conflict: z.enum(['newest', 'provider', 'local']).default('newest'),
});

export const verifySchema = z.strictObject({ query: text });

/** Where hashes are, what new profiles start with, and what is carried back. */
export const passwordSchema = z.strictObject({
  column: text.optional(),
  format: passwordFormat.prefault('auto'),
  onboarding: z.enum(['none', 'force-reset', 'pre-registration']).default('none'),
  invitations: z.enum(['send', 'hold']).optional(),
  forceReset: fieldRule.optional(),
  preRegistration: fieldRule.optional(),
  onSourceChange: z.enum(['keep', 'clear']).optional(),
  changedAt: text.optional(),
  verify: verifySchema.optional(),
  writeBack: writeBackSchema.prefault({}),
});
