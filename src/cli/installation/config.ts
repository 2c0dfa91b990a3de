import { describeConfig, printConfig } from '../../../config/print.ts';
import type { Session } from '../command.ts';

export async function config({ runtime, output }: Session): Promise<undefined> {
  const loaded = await runtime.config();
  output.result(describeConfig(loaded), () => printConfig(loaded).trimEnd());
}
