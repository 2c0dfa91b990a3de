import type { Inbox } from '../contract/inbox.ts';

/** What reading needs to know. */
export interface Reader {
  readonly inbox: Inbox;
  /** Sorted, without the password column. */
  readonly columns: readonly string[];
  readonly passwordColumn: string | null;
}
