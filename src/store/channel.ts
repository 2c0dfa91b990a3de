/** Says that rows were written somewhere that a part of Tributary waits for. Hints only: look at the rows. */
export type Channel = 'tributary_outbox' | 'tributary_runs';
