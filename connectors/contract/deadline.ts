/**
 * Waits for `work`, for the signal and for the clock, whichever comes first.
 * What is given up on goes on; its end is ignored.
 *
 * @param late made only when `limitMs` passes first.
 */
export async function within<T>(
  work: Promise<T>,
  signal: AbortSignal,
  limit: { readonly ms: number; readonly late: () => Error },
): Promise<T> {
  signal.throwIfAborted();
  const { promise: given, reject } = rejection();
  const stop = (): void => reject(signal.reason as Error);
  const timer = setTimeout(() => reject(limit.late()), limit.ms);
  signal.addEventListener('abort', stop, { once: true });
  work.catch(() => undefined);
  try {
    return await Promise.race([work, given]);
  } finally {
    clearTimeout(timer);
    signal.removeEventListener('abort', stop);
  }
}

function rejection(): { promise: Promise<never>; reject: (error: Error) => void } {
  let reject: (error: Error) => void = () => undefined;
  const promise = new Promise<never>((_, fail) => (reject = fail));
  return { promise, reject };
}
