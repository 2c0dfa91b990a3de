/** Something that stands in the customer's database because of us. */
export interface Trace {
  readonly kind: 'slot' | 'publication' | 'trigger' | 'function' | 'table';
  /** As the database names it. */
  readonly name: string;

  /**
   * `ready`: there and usable. `absent`: not there yet, or removed by somebody.
   * `broken`: there and of no use any more, for example a slot whose history is gone.
   */
  readonly state: 'ready' | 'absent' | 'broken';

  /** History that the source keeps for us, in bytes; null when it keeps none. */
  readonly retainedBytes: number | null;

  /** How much it keeps at most; null when that is unlimited or it keeps none. */
  readonly limitBytes: number | null;

  /** The SQL that makes it when it is absent, and that drops it otherwise; for a DBA to run. */
  readonly remedy: string;
}

export interface TraceKeeper {
  /** Everything that is or should be there. */
  list(signal: AbortSignal): Promise<readonly Trace[]>;

  /**
   * Drops what is there. Safe to call again.
   *
   * @returns what could not be dropped, each with the SQL that does it: the login may lack the right.
   */
  remove(signal: AbortSignal): Promise<readonly Trace[]>;
}
