import { z } from 'zod';

const password = z.string().min(1).max(2_048).describe('As typed; never trimmed.');

export const signInRequestSchema = z.strictObject({
  username: z.string().max(254).describe('A username or an e-mail address.'),
  password,
  address: z
    .union([z.ipv4(), z.ipv6()])
    .describe('Where the person is, as the application sees it: attempts are counted by it.'),
  userAgent: z.string().max(2_000).optional(),
});

export const personSchema = z.strictObject({
  id: z.uuid(),
  username: z.string(),
  email: z.string().nullable(),
  givenName: z.string().nullable(),
  familyName: z.string().nullable(),
  displayName: z.string().nullable(),
  locale: z.string().nullable(),
});

export const signInAnswerSchema = z.discriminatedUnion('status', [
  z.strictObject({ status: z.literal('signed_in'), profile: personSchema }),
  z.strictObject({
    status: z.literal('password_change_required'),
    continuation: z.string().describe('Sets one new password, at /api/v1/sign-in/password. Keep it secret.'),
    expiresInSeconds: z.int(),
  }),
]);

export const newPasswordRequestSchema = z.strictObject({
  continuation: z.string().max(200),
  password,
});

export const newPasswordAnswerSchema = z.strictObject({
  status: z.literal('password_set'),
  writeBack: z
    .strictObject({
      provider: z.string(),
      state: z.enum(['pending', 'written', 'missing', 'conflict', 'superseded', 'failed']),
    })
    .nullable()
    .describe('How far the password has come on its way to the provider; null when it goes nowhere.'),
});
