import { readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Config } from '../../../config/options.ts';
import type { AppContext } from '../../app/context.ts';
import { applyProvider } from '../../app/providers/apply-provider.ts';
import { readDefinition } from '../../cli/read-definition.ts';
import { PASSWORD_VARIABLE, sampleDefinition } from './definition.ts';
import type { SampleAddress } from './open-sample-database.ts';

/** The definition of the sample customer, where somebody may change it and apply it again. */
export function definitionFile(config: Config): string {
  return join(config.dataDirectory, 'acme-hr.yaml');
}

/** Registers the sample customer by the road that every provider takes: a file, checked, then applied. */
export async function registerSample(
  context: AppContext,
  config: Config,
  address: SampleAddress,
): Promise<void> {
  const path = definitionFile(config);
  await replaceFile(path, await presentDefinition(path, address));
  const read = await readDefinition(path, { [PASSWORD_VARIABLE]: address.password.reveal() });
  await applyProvider(context, { ...read, actor: 'demo' });
}

/** What somebody changed in the file stays; only the port follows the embedded server. */
async function presentDefinition(path: string, address: SampleAddress): Promise<string> {
  const present = await readFile(path, 'utf8').catch(() => null);
  return present?.replace(/^ {2}port: \d+$/m, `  port: ${address.port}`) ?? sampleDefinition(address);
}

/** A demo that is killed here leaves the file as it was, or whole: the next one reads it. */
async function replaceFile(path: string, text: string): Promise<void> {
  const draft = `${path}.draft`;
  await writeFile(draft, text, { flush: true });
  await rename(draft, path);
}
