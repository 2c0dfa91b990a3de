/**
 * What came of trying one side effect.
 *
 * - `done`: nothing is left to do, now or ever.
 * - `cancelled`: it is no longer wanted; nothing was done.
 * - `failed`: it is left for an operator, who can see why and retry.
 * - `later`: tried in vain, to be tried again.
 * - `handed-back`: not tried; somebody else, or the same worker later, may do it.
 */
export type EffectOutcome =
  | { readonly kind: 'done' }
  | { readonly kind: 'cancelled'; readonly code: string; readonly reason: string }
  | { readonly kind: 'failed'; readonly code: string; readonly reason: string }
  | {
      readonly kind: 'later';
      readonly afterSeconds: number;
      readonly code: string;
      readonly reason: string;
    }
  | { readonly kind: 'handed-back'; readonly afterSeconds: number };

export const DONE: EffectOutcome = { kind: 'done' };
