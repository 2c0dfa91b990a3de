import type { CheckStep, Finding, TellFinding } from '../connector.ts';

export type Check = () => Promise<readonly Finding[]>;

/** Runs one check: what it finds is told as soon as it is known. */
export type Gather = (step: CheckStep, check: Check) => Promise<readonly Finding[]>;

/**
 * A fault of the source while checking is a finding of its own, and the other
 * checks go on.
 *
 * @param fault makes a finding of what was thrown; throws on what is no fault of the source.
 */
export function gatherer(
  {
    tell,
    fault,
  }: {
    readonly tell?: TellFinding | undefined;
    readonly fault: (error: unknown, step: CheckStep) => Finding;
  },
  signal: AbortSignal,
): Gather {
  return async (step, check) => {
    try {
      const findings = await check();
      for (const finding of findings) tell?.(finding);
      return findings;
    } catch (error) {
      signal.throwIfAborted();
      return [fault(error, step)];
    }
  };
}
