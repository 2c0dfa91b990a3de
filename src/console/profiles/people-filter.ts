/** How the invitation of somebody who waits for a first password may stand. */
export const INVITATIONS = [
  'held',
  'queued',
  'sent',
  'expired',
  'undeliverable',
  'failed',
  'cancelled',
  'used',
] as const;
export type Invitation = (typeof INVITATIONS)[number];

/** Held in the address of the screen. */
export interface PeopleFilter {
  readonly text?: string | undefined;
  readonly recordKey?: string | undefined;
  readonly provider?: string | undefined;
  readonly state?: 'active' | 'disabled' | undefined;
  readonly invitation?: Invitation | undefined;
  readonly forceReset?: boolean | undefined;
  readonly preRegistration?: boolean | undefined;
  readonly undeliverable?: boolean | undefined;
}

/** The filter in words of the command line: `provider=acme-hr text='Ada B'`. */
export function filterWords(filter: PeopleFilter): string {
  return Object.entries(filter)
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => `${name}=${quoted(String(value))}`)
    .join(' ');
}

function quoted(value: string): string {
  return /^[\w@.+-]+$/.test(value) ? value : `'${value.replaceAll("'", String.raw`'\''`)}'`;
}

export function isEmptyFilter(filter: PeopleFilter): boolean {
  return Object.values(filter).every((value) => value === undefined);
}
