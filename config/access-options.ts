import { z } from 'zod';
import { option } from './option.ts';
import { whole } from './types.ts';

/** Which operators need a second factor. */
export const SECOND_FACTOR = ['optional', 'admins', 'everybody'] as const;

/** Passwords, links and sessions of people, and what operators need to get in. */
export const ACCESS_OPTIONS = {
  passwordMinimum: option({
    variable: 'TRIBUTARY_PASSWORD_MINIMUM',
    group: 'Passwords',
    type: whole(8, 64),
    expects: 'a number from 8 to 64',
    fallback: '15',
    description:
      'How many characters a new password has at least. Go below 15 only where sign-in needs a second factor.',
  }),
  registrationLinkHours: option({
    variable: 'TRIBUTARY_REGISTRATION_LINK_HOURS',
    group: 'Passwords',
    type: whole(1, 720),
    expects: 'a number of hours from 1 to 720',
    fallback: '72',
    description: 'How long the link of a registration e-mail is good for, in hours.',
  }),
  resetLinkMinutes: option({
    variable: 'TRIBUTARY_RESET_LINK_MINUTES',
    group: 'Passwords',
    type: whole(1, 1440),
    expects: 'a number of minutes from 1 to 1440',
    fallback: '60',
    description: 'How long the link of a password-reset e-mail is good for, in minutes.',
  }),
  sessionHours: option({
    variable: 'TRIBUTARY_SESSION_HOURS',
    group: 'Passwords',
    type: whole(1, 720),
    expects: 'a number of hours from 1 to 720',
    fallback: '12',
    description: 'How long a person stays signed in, in hours.',
  }),
  secondFactor: option({
    variable: 'TRIBUTARY_SECOND_FACTOR',
    group: 'Operators',
    type: z.enum(SECOND_FACTOR),
    expects: 'optional, admins or everybody',
    fallback: 'optional',
    description:
      'Which operators need a second factor. Who has none yet can sign in to set one up, and do nothing else before that.',
  }),
} as const;
