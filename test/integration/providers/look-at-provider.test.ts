import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { ProviderDefinition } from '../../../connectors/contract/definition.ts';
import { Secret } from '../../../connectors/contract/secret.ts';
import { describeQuery } from '../../../src/app/providers/describe-query.ts';
import { discoverProvider } from '../../../src/app/providers/discover-provider.ts';
import { previewProvider } from '../../../src/app/providers/preview-provider.ts';
import { providerGrants } from '../../../src/app/providers/provider-grants.ts';
import { testProvider } from '../../../src/app/providers/test-provider.ts';
import { definitionYaml } from '../../../src/cli/providers/definition-yaml.ts';
import { parseDefinition } from '../../../src/cli/read-definition.ts';
import { aDefinition } from '../../support/builders.ts';
import { createWorld, PEOPLE, type World } from '../../support/context.ts';

const HASH = '$2b$10$N9qo8uLOickgx2ZMRZoMyeIjZAgcfl7p92ldGxad68LJZdL17lhWy';
const { signal } = new AbortController();
let world: World;

beforeAll(async () => {
  world = await createWorld(`${PEOPLE}
    INSERT INTO people (id, login, mail, first_name, last_name, dept, pw_hash) VALUES
      (1, 'ada', 'ada@example.org', 'Ada', 'Byron', 'Research', '${HASH}'),
      (2, 'bob', 'bob@example.org', 'Bob', 'Stone', 'Sales', '${HASH}'),
      (3, 'eve', 'not an address', 'Eve', 'Moss', 'Sales', NULL);`);
});
afterAll(async () => {
  await world[Symbol.asyncDispose]();
});

function target(over: Partial<ProviderDefinition> = {}, password = world.source.password) {
  const { host, port, database, user } = world.source;
  const connection = { host, port, database, user, tls: 'disable' as const, ...over.connection };
  return { definition: aDefinition({ ...over, connection }), password: new Secret(password) };
}

async function nothingIsLeft(): Promise<void> {
  const { read } = world.context.store;
  expect(await read.query('SELECT 1 FROM providers')).toEqual([]);
  expect(await read.query('SELECT 1 FROM profiles')).toEqual([]);
}

describe('a definition that nobody has saved', () => {
  it('is tested and leaves nothing behind', async () => {
    const result = await testProvider(world.context, target(), signal);
    expect(result.findings.filter(({ severity }) => severity === 'error')).toEqual([]);
    expect(result.ready).toBe(true);
    expect(result.warnings.map(({ code }) => code)).toEqual(['NO_FULL_RUN_SCHEDULED']);
    expect(result.firstRun).toMatchObject({ records: 3, emails: 0 });
    const ours = result.findings.filter(({ step }) => step === 'mapping' || step === 'first run');
    expect(ours.map(({ severity, code }) => `${severity} ${code}`)).toEqual([
      'warning EMAIL_INVALID',
      'ok OK',
    ]);
    await nothingIsLeft();
  });

  it.each([
    ['an unreachable host', { connection: { port: 1 } }, undefined],
    ['a wrong password', {}, 'wrong'],
    ['a missing table', { source: { table: 'nobody', key: ['id'] } }, undefined],
    ['a missing column', { source: { table: 'people', key: ['uid'] } }, undefined],
    ['no key', { source: { table: 'people', key: ['dept'] } }, undefined],
  ])('is refused for %s, with a remedy', async (_, over, password) => {
    const result = await testProvider(
      world.context,
      target(over as Partial<ProviderDefinition>, password),
      signal,
    );
    const errors = result.findings.filter(({ severity }) => severity === 'error');
    expect(result.ready).toBe(false);
    expect(errors).not.toHaveLength(0);
    for (const error of errors) expect(error.remedy).not.toBe('');
    await nothingIsLeft();
  });

  it('is told before it would send more e-mails than the safeguard allows', async () => {
    const over = aDefinition();
    const result = await testProvider(
      world.context,
      target({
        password: { ...over.password!, onboarding: 'pre-registration' },
        safeguards: { ...over.safeguards, emails: 1 },
      }),
      signal,
    );
    expect(result.ready).toBe(true);
    expect(result.findings.at(-1)).toMatchObject({ step: 'first run', code: 'EMAILS_ABOVE_SAFEGUARD' });
    await nothingIsLeft();
  });

  it('is looked around in, and no value is repeated', async () => {
    const found = await discoverProvider(world.context, target(), signal);
    const table = found.tables.find(({ name }) => name.endsWith('people'));
    expect(table?.columns.find(({ name }) => name === 'pw_hash')?.looksLike).toBe('password hashes (bcrypt)');
    const { proposal } = found;
    expect(proposal?.key).toEqual(['id']);
    const fields = Object.fromEntries((proposal?.fields ?? []).map(({ path, column }) => [path, column]));
    expect(fields).toMatchObject({
      'mapping.username': 'login',
      'mapping.email': 'mail',
      'mapping.givenName': 'first_name',
      'mapping.enabled': 'active',
      'password.column': 'pw_hash',
      'password.forceReset': 'must_change',
      'mapping.attributes.department': 'dept',
    });
    const printed = JSON.stringify(found);
    for (const value of [HASH, 'ada@example.org', 'Byron']) expect(printed).not.toContain(value);
  });

  it('has its query described, proposed for and written down', async () => {
    const query = `SELECT id AS person_id, login, mail, pw_hash FROM people; `;
    const asked = target({ source: { query, key: ['unknown'] } });
    const found = await discoverProvider(world.context, asked, signal);
    expect(found.query).toMatchObject({ text: query, key: ['person_id'] });
    expect(found.query?.columns.at(-1)).toMatchObject({ looksLike: 'password hashes (bcrypt)' });
    expect(await describeQuery(world.context, asked, signal)).toEqual(found.query);
    for (const value of [HASH, 'ada@example.org']) expect(JSON.stringify(found)).not.toContain(value);
    const environment = { ACME_HR_PASSWORD: world.source.password };
    const yaml = definitionYaml(found, found.query!.proposal!);
    const read = parseDefinition(yaml, { path: 'proposed.yaml', environment, scope: 'whole' });
    expect(read.definition.source).toEqual({ query, key: ['person_id'] });
    const records = await previewProvider(world.context, { target: read, limit: 10, signal });
    expect(records.map(({ fields }) => fields?.username)).toEqual(['ada', 'bob', undefined]);
    await expect(describeQuery(world.context, target(), signal)).rejects.toMatchObject({
      problems: [{ code: 'QUERY_MISSING' }],
    });
  });

  it('is written down ready to apply', async () => {
    const found = await discoverProvider(world.context, target(), signal);
    if (found.proposal === null) throw new Error('the people are found');
    const yaml = definitionYaml(found, found.proposal);
    for (const value of [HASH, 'ada@example.org', 'Byron', world.source.password])
      expect(yaml).not.toContain(value);
    const read = parseDefinition(yaml, {
      path: 'proposed.yaml',
      environment: { ACME_HR_PASSWORD: world.source.password },
      scope: 'whole',
    });
    const records = await previewProvider(world.context, { target: read, limit: 10, signal });
    expect(records.map(({ fields }) => fields?.username)).toEqual(['ada', 'bob', undefined]);
    const tested = await testProvider(world.context, read, signal);
    expect(tested.findings.filter(({ severity }) => severity === 'error')).toEqual([]);
  });

  it('is previewed with the faults of its records, and without hashes', async () => {
    const records = await previewProvider(world.context, { target: target(), limit: 10, signal });
    expect(records).toMatchObject([
      { key: '1', fields: { username: 'ada', email: 'ada@example.org' }, password: 'bcrypt', faults: [] },
      { key: '2', password: 'bcrypt' },
      { key: '3', fields: null, password: null, faults: [{ field: 'email', code: 'EMAIL_INVALID' }] },
    ]);
    expect(JSON.stringify(records)).not.toContain('$2b$');
    expect(await previewProvider(world.context, { target: target(), limit: 1, signal })).toHaveLength(1);
    await nothingIsLeft();
  });

  it('has the SQL of its rights printed', async () => {
    const sql = await providerGrants(world.context, target());
    expect(sql).toContain('GRANT SELECT');
    expect(sql).toContain('"pw_hash"');
    expect(sql).not.toContain(world.source.password);
  });
});
