import { Keyring } from '../../../kernel/keyring.ts';
import { changeKeyFile } from '../../../kernel/secret-key.ts';
import type { Session } from '../../command.ts';
import { inFileOnly } from './in-file-only.ts';

export async function change({ runtime, output }: Session): Promise<undefined> {
  const { config } = await runtime.config();
  inFileOnly(config);
  const { keyId } = new Keyring(await changeKeyFile(config.dataDirectory));
  output.result({ keyId }, () => `The key is ${keyId} now. The one before still opens what it sealed.`);
  output.hint('Start every process again at once, then: tributary secret-key reseal');
}
