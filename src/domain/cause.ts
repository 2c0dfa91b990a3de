/** Who or what made a change; kept with every line of a person's timeline, every run and every e-mail. */
export type Cause =
  /** A run changed it. */
  | { readonly kind: 'run'; readonly runId: string }
  /** node-cron said it was time. */
  | { readonly kind: 'schedule' }
  /** Somebody at the command line or in the console; `name` is who. */
  | { readonly kind: 'operator'; readonly name: string }
  /** The person, on the hosted pages. */
  | { readonly kind: 'person' }
  /** Tributary itself: write-back, purge, rehash. */
  | { readonly kind: 'system' };
