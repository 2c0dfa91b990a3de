/** Which stretch of a list that is kept by time, and from which end. */
export interface Stretch {
  /** The newest first unless said. */
  readonly sort: 'newest' | 'oldest' | undefined;
  readonly since: Date | undefined;
  readonly until: Date | undefined;
  readonly limit: number;
}
