/** A temporary password and what a customer's application stored for it. */
export interface TemporaryPassword {
  readonly password: string;
  readonly format: string;
  readonly hash: string;
}

/**
 * Made once with each format's usual cost, because a thousand hashes would take
 * minutes. People share them, as people do whose passwords an administrator made up.
 */
export const TEMPORARY_PASSWORDS: readonly TemporaryPassword[] = [
  {
    password: 'Granite-Lantern-4417',
    format: 'bcrypt',
    hash: '$2b$12$vTraZOGK5GLrCpgsNl/deu8ZVPD49OW8uMVSsW/nlN8FyYqZxUd3q',
  },
  {
    password: 'Willow-Harbour-2086',
    format: 'django-pbkdf2-sha256',
    hash: 'pbkdf2_sha256$1200000$IlW0Qu1ENwfCAitaMFM4dn$6+v578pN4WdX1QiBEQPlkTlg93KwT/lL1hStI05LhKg=',
  },
  {
    password: 'Copper-Meadow-7350',
    format: 'argon2id',
    hash: '$argon2id$v=19$m=19456,t=2,p=1$dGQc1sr1TxVKDT01o5I6Ag$qz+E7HNJf3eQm+JtscCD65e95jLmpVzqDKO+YEoQ8dA',
  },
  {
    password: 'Amber-Compass-9124',
    format: 'sha512-crypt',
    hash: '$6$rounds=100000$IsfpzXOCV07xwEbU$abGk03Bhk1lQjLU192gPLI2YP4TfSQ.ho9q9BJJp75PNySgYZ6GdiocopBv33HTotcroDt0PiSZxssrzSZWsd/',
  },
  { password: 'Velvet-Orchard-3862', format: 'phpass', hash: '$P$BBP2H5V70JE8cAZHoXm06wkP6N02xL.' },
  {
    password: 'Silver-Juniper-5503',
    format: 'ldap-ssha',
    hash: '{SSHA}3yhGJIVYgiDI8pjw15wq7c8e4gK1cv4d1wJHvQ==',
  },
  {
    password: 'Cobalt-Thimble-6271',
    format: 'bcrypt',
    hash: '$2b$12$Gk2q4fOs/BCHr9j1Ku1oBe3TWdmCgm7DvhABI7iA0s2QH4OV3NWbW',
  },
  {
    password: 'Maple-Beacon-1948',
    format: 'django-pbkdf2-sha256',
    hash: 'pbkdf2_sha256$1200000$ahPdNXVZv2HSe1j5VFvdnq$ZeCbYoN6If+80Ce1BXoji16xj7dowpR5vj9nP6B0eVw=',
  },
  {
    password: 'Indigo-Saddle-8035',
    format: 'argon2id',
    hash: '$argon2id$v=19$m=19456,t=2,p=1$dm5CeyOER1FjHWeCMfx2/Q$0NrxyVRts1AMPzPh/isae6rUXaBZDyjARLQGbIHMeQI',
  },
  {
    password: 'Russet-Anchor-4690',
    format: 'sha512-crypt',
    hash: '$6$rounds=100000$FifvDqm3u17XIFGQ$IHA4flxOSOOkhDbfpXQgVzRMDU17WvmswF.ajwE1udJ8tu0s94NPtJ7jxmkbRUS0B.ZvldjF7LbaYQKMif39I0',
  },
  { password: 'Pewter-Bramble-7713', format: 'phpass', hash: '$P$B1puFJAzWl2P10BNrJdHu0e19pqB7y1' },
  {
    password: 'Saffron-Quarry-2359',
    format: 'ldap-ssha',
    hash: '{SSHA}0/j9qGYA13j5IulayQDB3+vbpyG3ojwXrdUGqw==',
  },
];
