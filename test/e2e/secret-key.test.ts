import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import type { ShownKey } from '../../src/app/installation/show-keys.ts';
import { CommandLine } from '../support/command-line.ts';
import { PEOPLE, people } from '../support/context.ts';

let line: CommandLine;
beforeAll(async () => {
  line = await CommandLine.open(`${PEOPLE} ${people(3)}`);
});
afterAll(async () => {
  await line[Symbol.asyncDispose]();
});

async function keys(): Promise<readonly string[]> {
  const shown = await line.jsonLines<ShownKey>('secret-key', 'show');
  return shown.map(({ state, secrets, audit }) => `${state} ${String(secrets)}${audit ? ' audit' : ''}`);
}

it('changes the key in the data directory, and takes the one before away when nothing hangs on it', async () => {
  const { host, port, database, user } = line.source;
  const file = await line.write(
    'acme.yaml',
    `name: acme
connector: postgres
connection: { host: ${host}, port: ${String(port)}, database: ${database}, user: ${user}, password: "\${ACME_DB_PASSWORD}", tls: disable }
source: { table: people, key: [id] }
mapping: { username: login, email: mail }
`,
  );
  await line.json(0, 'provider', 'apply', '-f', file, '--yes');
  await line.json(0, 'secret-key', 'change');
  expect(await keys()).toEqual(['present 0', 'accepted 1 audit']);
  const refused = await line.run('secret-key', 'drop');
  expect(refused).toMatchObject({ code: 1 });
  expect(refused.stderr).toContain('(SECRET_KEY_NEEDED)');

  expect(await line.json(0, 'secret-key', 'reseal')).toMatchObject({ resealed: 1, unreadable: [] });
  // The provider's password, and the key that the audit log was chained with before.
  expect(await keys()).toEqual(['present 2 audit', 'accepted 0']);
  expect(await line.json(0, 'secret-key', 'drop')).toEqual({ dropped: 1 });
  const kept = await readFile(path.join(line.folder, 'secret.key'), 'utf8');
  expect(kept.trim().split('\n')).toHaveLength(1);

  await line.json(0, 'provider', 'test', 'acme');
  expect(await line.json(0, 'audit', 'verify')).toMatchObject({ faults: [] });
  const configured = { ...line.env, TRIBUTARY_SECRET_KEY: kept.trim() };
  const elsewhere = await line.runIn(configured, ['secret-key', 'change']);
  expect(elsewhere.stderr).toContain('(SECRET_KEY_CONFIGURED)');
});
