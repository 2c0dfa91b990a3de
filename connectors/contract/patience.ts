/** How long a connector waits before it draws a conclusion; milliseconds. */
export interface Patience {
  /** A server that was asked something and says nothing for so long is taken for gone. */
  readonly silenceMs: number;
  /** How often a stream in which nothing happened to our records tells how far it has looked. */
  readonly idleMs: number;
}

export const PATIENCE: Patience = { silenceMs: 30_000, idleMs: 10_000 };
