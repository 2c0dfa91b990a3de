import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { nearest } from '../../../config/nearest.ts';
import type { Connector } from '../../../connectors/contract/connector.ts';
import type { ConnectorKind, ProviderDefinition } from '../../../connectors/contract/definition.ts';
import { Secret } from '../../../connectors/contract/secret.ts';
import { recognise } from '../../../connectors/templates/index.ts';
import { mapRecord } from '../../../src/domain/mapping/map-record.ts';
import type { Mapped, MappedRecord } from '../../../src/domain/mapping/mapped-record.ts';
import { connectorOptions } from '../../../src/domain/providers/columns.ts';
import { parseProviderDefinition } from '../../../src/http/schemas/provider-definition.ts';
import { createPasswordHasher } from '../../../src/passwords/create-hasher.ts';
import { detect } from '../../../src/passwords/detect.ts';
import { LOW_COSTS } from '../../unit/passwords/low-costs.ts';
import { never, readAll, type ConnectorFixture } from '../../contract/fixture.ts';
import { openMysqlFixture } from '../../contract/mysql-fixture.ts';
import { openPostgresFixture } from '../../contract/postgres-fixture.ts';
import { openSqliteFixture } from '../../contract/sqlite-fixture.ts';
import { startMariadb, type MariadbServer } from '../../support/mariadb.ts';
import { FRAMEWORKS } from './schemas/frameworks.ts';
import { PLATFORMS } from './schemas/platforms.ts';
import type { Published } from './schemas/published.ts';
import { SITES } from './schemas/sites.ts';

const hasher = createPasswordHasher({ costs: LOW_COSTS });
afterAll(async () => {
  await hasher[Symbol.asyncDispose]();
});

let mariadb: MariadbServer | null = null;
beforeAll(async () => {
  mariadb = await startMariadb();
});
afterAll(async () => {
  await mariadb?.[Symbol.asyncDispose]();
});

async function openFixture(kind: ConnectorKind): Promise<ConnectorFixture> {
  if (kind === 'postgres') return await openPostgresFixture();
  if (kind === 'sqlite') return await openSqliteFixture();
  if (mariadb === null) throw new Error('MariaDB did not start');
  return await openMysqlFixture(mariadb, { collation: 'utf8mb4_general_ci', sqlMode: '' });
}

function definitionOf(
  published: Published,
  kind: ConnectorKind,
  fixture: ConnectorFixture,
): ProviderDefinition {
  const document = {
    name: 'app',
    connector: kind,
    connection: fixture.connection,
    template: published.template,
  };
  const read = parseProviderDefinition(document, nearest);
  if (!read.ok) throw new Error(JSON.stringify(read.problems));
  return read.value.definition;
}

function connect(definition: ProviderDefinition, fixture: ConnectorFixture): Connector {
  const password = new Secret(fixture.password);
  return fixture.open({ ...connectorOptions(definition), password }, fixture.tools);
}

const CASES = [...SITES, ...FRAMEWORKS, ...PLATFORMS].flatMap((published) =>
  Object.keys(published.tables).map(
    (kind) => [published.template, kind as ConnectorKind, published] as const,
  ),
);

/** What the template makes of the first record. */
function expectMapped(definition: ProviderDefinition, first: Mapped | undefined, published: Published) {
  if (first?.ok !== true) throw new Error('nobody was mapped');
  const { fields, passwordHash } = first.record;
  expect(fields).toMatchObject({ username: published.username, email: published.email });
  if (published.name !== undefined) expect(fields.displayName).toBe(published.name);
  if (published.hashed === undefined) return;
  const format = definition.password?.format ?? 'auto';
  expect(detect(passwordHash?.reveal() ?? '', format)?.format.name).toBe(published.hashed);
}

const keysOf = (mapped: readonly Mapped[], which: (record: MappedRecord) => boolean): readonly string[] =>
  mapped.flatMap((one) => (one.ok && which(one.record) ? [one.record.key] : []));

/** Sets a password as the template has it, and looks for it where the application would. */
async function expectWritten(
  { password }: ProviderDefinition,
  connector: Connector,
  mapped: Mapped | undefined,
) {
  if (mapped?.ok !== true || password === undefined) throw new Error('nobody was mapped');
  const { key, passwordHash: expected } = mapped.record;
  const chosen = new Secret('correct horse battery staple');
  const order = { format: password.writeBack.format, reading: password.format };
  const replacement = await hasher.encode(chosen, order, expected);
  const outcome = await connector.passwords?.replace({ key, expected, replacement }, never);
  expect(outcome).toMatchObject({ outcome: 'written' });
  const [after] = await connector.records.get([key], never);
  expect(await hasher.verify(chosen, after!.passwordHash!, password.format)).toMatchObject({
    result: 'match',
  });
}

describe('the published schema', () => {
  it.each(CASES)(
    'of %s on %s is recognised, checked and mapped by its template',
    async (_, kind, published) => {
      await using fixture = await openFixture(kind);
      for (const statement of [...(published.tables[kind] ?? []), ...published.rows])
        await fixture.execute(statement);
      const definition = definitionOf(published, kind, fixture);
      await using connector = connect(definition, fixture);

      const schema = await connector.discover(never);
      expect(recognise(schema.tables)[0]?.template.name).toBe(published.template);

      const findings = await connector.check(never);
      expect(findings.filter(({ severity }) => severity === 'error')).toEqual([]);

      const records = await readAll(connector, 10);
      expect(records.map(({ key }) => key)).toEqual(published.keys);
      const mapped = records.map((record) => mapRecord(definition, record));
      expect(mapped.filter(({ ok }) => !ok)).toEqual([]);
      expectMapped(definition, mapped[0], published);
      expect(keysOf(mapped, ({ enabled }) => !enabled)).toEqual(published.disabled ?? []);
      expect(keysOf(mapped, ({ forceReset }) => forceReset === true)).toEqual(published.forced ?? []);
      if (published.withoutHash !== undefined)
        expect(keysOf(mapped, ({ passwordHash }) => passwordHash === null)).toEqual(published.withoutHash);

      if (definition.password?.writeBack.enabled !== true) return;
      await expectWritten(definition, connector, mapped[0]);
      const { query, rows } = published.afterwards ?? { query: 'SELECT 1 AS one', rows: [{ one: 1 }] };
      expect(JSON.stringify(await fixture.execute(query))).toBe(JSON.stringify(rows));
    },
  );
});
