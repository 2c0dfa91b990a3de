import type { AppContext } from '../../src/app/context.ts';
import { deliverWriteBack } from '../../src/app/passwords/deliver-write-back.ts';
import type { Processor } from '../perform-effect.ts';

export function writeBackProcessor(context: AppContext): Processor {
  return async (writeBackId, { signal }) => await deliverWriteBack(context, writeBackId, signal);
}
