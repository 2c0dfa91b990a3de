import type { OptionSpec } from '../command.ts';

/** What people are like. */
export const FILTER: OptionSpec = {
  flags: '--filter <pairs...>',
  description:
    'provider=NAME, state=active|disabled, forceReset=true|false, preRegistration=true|false, undeliverable=true|false, invitation=held|queued|sent|expired|used|undeliverable|failed|cancelled, text=BEGINNINGS of names, of a username or an address',
};
