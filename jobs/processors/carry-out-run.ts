import type { AppContext } from '../../src/app/context.ts';
import { DONE } from '../../src/app/outbox/effect-outcome.ts';
import { carryOutRun } from '../../src/app/runs/carry-out-run.ts';
import { isFinished } from '../../src/domain/runs/run.ts';
import type { Processor } from '../perform-effect.ts';

/** Asking again costs one statement; a killed worker's run is taken up when its lease has run out. */
const AGAIN_SECONDS = 5;

/**
 * A run that is neither finished nor held is somebody else's for now, or waits
 * for another run of its provider. It is not done: if that somebody dies, this
 * request is what takes the run up.
 */
export function runProcessor(context: AppContext): Processor {
  return async (runId, task) => {
    const { state } = await carryOutRun(context, runId, task);
    const settled = isFinished(state) || state === 'held';
    return settled ? DONE : { kind: 'handed-back', afterSeconds: AGAIN_SECONDS };
  };
}
