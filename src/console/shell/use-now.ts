import { useSyncExternalStore } from 'react';

const TICK_MS = 15_000;

let now = new Date();
let timer: ReturnType<typeof setInterval> | null = null;
const listeners = new Set<() => void>();

/** One timer for every moment on the screen: a long table has thousands. */
function listen(changed: () => void): () => void {
  listeners.add(changed);
  timer ??= setInterval(() => {
    now = new Date();
    for (const each of listeners) each();
  }, TICK_MS);
  return () => {
    listeners.delete(changed);
    if (listeners.size > 0 || timer === null) return;
    clearInterval(timer);
    timer = null;
  };
}

function present(): Date {
  // Nobody listened for a while: what was kept is old.
  if (listeners.size === 0) now = new Date();
  return now;
}

/** The present time, to a quarter of a minute. */
export function useNow(): Date {
  return useSyncExternalStore(listen, present);
}
