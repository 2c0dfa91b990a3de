import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Secret } from '../../../connectors/contract/secret.ts';
import type { AppContext } from '../../../src/app/context.ts';
import { resealSecrets, type ResealReport } from '../../../src/app/installation/reseal-secrets.ts';
import { SEALED_BINDINGS } from '../../../src/app/installation/sealed-bindings.ts';
import { showKeys } from '../../../src/app/installation/show-keys.ts';
import { prepareEmail } from '../../../src/app/mail/prepare-email.ts';
import { verifyAudit } from '../../../src/app/operators/verify-audit.ts';
import { newId } from '../../../src/kernel/ids.ts';
import { Keyring } from '../../../src/kernel/keyring.ts';
import { EmailEntity } from '../../../src/store/entities/effects.ts';
import { readSealed } from '../../../src/store/installation/read-sealed.ts';
import { replaceSealed } from '../../../src/store/installation/replace-sealed.ts';
import { SEALED_COLUMNS, type SealedColumnName } from '../../../src/store/installation/sealed-columns.ts';
import { appendAudit, auditText, sealAuditHead } from '../../../src/store/operators/append-audit.ts';
import { readAuditChain } from '../../../src/store/operators/read-audit.ts';
import { aPerson, aSilentProvider } from '../../support/a-person.ts';
import { createWorld, type World } from '../../support/context.ts';

const NAMES = Object.keys(SEALED_COLUMNS) as SealedColumnName[];
const SIGNAL = new AbortController().signal;

let world: World;
/** The keys of an installation that changes them twice. */
const [first, second, third] = [randomBytes(32), randomBytes(32), randomBytes(32)];

beforeAll(async () => {
  world = await createWorld();
});
afterAll(async () => {
  await world[Symbol.asyncDispose]();
});

/** A process of the installation with these keys. */
function withKeys(key: Buffer, ...accepted: readonly Buffer[]): AppContext {
  return { ...world.context, keyring: new Keyring(key, accepted) };
}

async function reseal(
  context: AppContext,
  over: { readonly acceptLoss?: boolean } = {},
): Promise<ResealReport> {
  const onProgress = (): void => undefined;
  return await resealSecrets(context, {
    actor: 'anna',
    acceptLoss: false,
    signal: SIGNAL,
    onProgress,
    ...over,
  });
}

async function note(context: AppContext, subject: string): Promise<void> {
  await context.store.transaction(
    async (tx) =>
      await appendAudit(tx, context.keyring, { actor: 'anna', action: 'test', subject, detail: {} }),
  );
}

async function sealedRows(name: SealedColumnName): Promise<Awaited<ReturnType<typeof readSealed>>> {
  const page = { header: Buffer.from('none'), after: null, limit: 10_000 };
  return await readSealed(world.context.store.read, name, page);
}

/** The texts of every secret in the store, or an error for the first that this process cannot open. */
async function everySecret(context: AppContext): Promise<readonly string[]> {
  const texts: string[] = [];
  for (const name of NAMES)
    for (const { row, sealed } of await sealedRows(name)) {
      const [id = '', key = ''] = row;
      if (name !== 'auditKey')
        texts.push(context.keyring.open(sealed, SEALED_BINDINGS[name](id, key)).reveal());
    }
  return texts;
}

/** Something in every sealed column: more people than fit into one batch. */
async function fill(context: AppContext): Promise<void> {
  const { store, keyring } = context;
  const provider = await aSilentProvider(context);
  const operator = newId();
  await store.read.query(
    "INSERT INTO operators (id, name, name_key, role) VALUES ($1, 'anna', 'anna', 'admin')",
    [operator],
  );
  const put = async (name: SealedColumnName, sql: string, row: readonly string[]): Promise<void> => {
    const [id = '', key = ''] = row;
    const sealed = keyring.seal(new Secret(`${name} of ${id}`), SEALED_BINDINGS[name](id, key));
    await store.read.query(sql, [...row, sealed]);
  };
  await put('providerPassword', 'UPDATE providers SET password = $2 WHERE id = $1', [provider]);
  await put('pushKey', 'INSERT INTO push_endpoints (provider_id, key) VALUES ($1, $2)', [provider]);
  await put('oldPushKey', 'UPDATE push_endpoints SET old_key = $2 WHERE provider_id = $1', [provider]);
  for (const key of ['a', 'é', 'Z'])
    await put(
      'pushedRecord',
      'INSERT INTO pushed_records (provider_id, record_key, record) VALUES ($1, $2, $3)',
      [provider, key],
    );
  await put('operatorPassword', 'UPDATE operators SET password = $2 WHERE id = $1', [operator]);
  await put('secondFactor', 'UPDATE operators SET second_factor = $2 WHERE id = $1', [operator]);
  await Promise.all(
    Array.from({ length: 1_203 }, async () => await aPerson(context, { providerHash: 'a hash' })),
  );
  const { id: profile } = await aPerson(context);
  await put('localHash', 'UPDATE credentials SET local_hash = $2 WHERE profile_id = $1', [profile]);
  const writeBack = newId();
  await store.read.query(
    "INSERT INTO write_backs (id, provider_id, profile_id, record_key) VALUES ($1, $2, $3, '1')",
    [writeBack, provider, profile],
  );
  await put('writeBackHash', 'UPDATE write_backs SET hash = $2 WHERE id = $1', [writeBack]);
  await put('writeBackExpected', 'UPDATE write_backs SET expected = $2 WHERE id = $1', [writeBack]);
}

/** Columns of bytes that hold no secret, or only its digest. */
const PLAIN = new Set([
  'audit_entries.chain',
  'audit_head.seal',
  'idempotency_keys.request_hash',
  'pushed_ids.body_digest',
  'links.fingerprint',
]);

describe('changing the installation’s key', () => {
  it('knows every column that holds something sealed', async () => {
    const rows = await world.context.store.read.query<{ name: string }[]>(
      `SELECT table_name || '.' || column_name AS name FROM information_schema.columns
       WHERE table_schema = current_schema AND data_type = 'bytea'
         AND column_name NOT LIKE '%token_hash' AND column_name <> 'code_hash'`,
    );
    const sealed = NAMES.map((name) => `${SEALED_COLUMNS[name].table}.${SEALED_COLUMNS[name].column}`);
    expect(
      rows
        .map(({ name }) => name)
        .filter((name) => !PLAIN.has(name))
        .toSorted(),
    ).toEqual(sealed.toSorted());
  });

  it('carries every secret and the audit log over, so that the key before can be taken away', async () => {
    const before = withKeys(first);
    await fill(before);
    await note(before, 'with the first key');
    const secrets = await everySecret(before);
    expect(secrets.length).toBeGreaterThan(1_210);

    // All processes know the next key before any uses it; then they change one after the other.
    const [knowing, changed] = [withKeys(first, second), withKeys(second, first)];
    await note(changed, 'by a process that changed early');
    await note(knowing, 'by one that did not yet');
    expect(await everySecret(changed)).toEqual(secrets);

    const report = await reseal(changed);
    expect(report).toMatchObject({ keyId: changed.keyring.keyId, resealed: secrets.length, unreadable: [] });
    // A process that knows the new key and seals with the old one goes on working.
    await note(knowing, 'by one that is still not');
    await note(withKeys(second), 'with the second key alone');
    expect(await everySecret(withKeys(second))).toEqual(secrets);
    await expect(everySecret(withKeys(first))).rejects.toMatchObject({ code: 'SECRET_UNREADABLE' });
    expect(await verifyAudit(withKeys(second))).toMatchObject({ entries: 6, faults: [] });
    expect((await reseal(withKeys(second))).resealed).toBe(0);
    expect(await showKeys(withKeys(second))).toEqual([
      {
        keyId: changed.keyring.keyId,
        state: 'present',
        secrets: secrets.length + 1,
        links: 0,
        audit: true,
      },
    ]);
  });

  it('keeps a process out of the log that does not know the key it goes on with', async () => {
    await expect(note(withKeys(first), 'by one that was forgotten')).rejects.toMatchObject({
      code: 'SECRET_KEY_OUTDATED',
    });
    await expect(reseal(withKeys(third))).rejects.toMatchObject({ code: 'SECRET_KEY_OUTDATED' });
    await expect(reseal(withKeys(first, second))).rejects.toMatchObject({ code: 'SECRET_KEY_USED' });
  });

  it('goes on where it was stopped, and leaves alone what changes meanwhile', async () => {
    const context = withKeys(third, second);
    const stop = new AbortController();
    let told = 0;
    const stopped = resealSecrets(context, {
      actor: 'anna',
      acceptLoss: false,
      signal: stop.signal,
      onProgress: (resealed) => {
        told = resealed;
        if (resealed > 500) stop.abort(new Error('enough'));
      },
    });
    await expect(stopped).rejects.toThrow('enough');
    const left = (await showKeys(context)).find(({ state }) => state === 'accepted');
    expect(left?.secrets).toBeGreaterThan(0);
    const [row] = (await sealedRows('operatorPassword')).slice(0, 1);
    if (row === undefined) throw new Error('the operator has a password');
    const changed = { row: row.row, before: Buffer.from('something else'), after: Buffer.from('lost') };
    expect(await replaceSealed(context.store.read, 'operatorPassword', [changed])).toBe(0);
    const { resealed } = await reseal(context);
    expect(resealed + told).toBeGreaterThan(1_210);
    expect(await verifyAudit(withKeys(third))).toMatchObject({ faults: [] });
    expect((await everySecret(withKeys(third))).length).toBeGreaterThan(1_210);
  });

  it('leaves nothing to forge with a key that was taken away', async () => {
    // Whoever has the first key and the store rewrites what was chained with it, and the end of the log.
    const { store } = world.context;
    const forged = new Keyring(first).chainKeys[0];
    const tamper = async (...statements: readonly string[]): Promise<void> => {
      await store.transaction(async (tx) => {
        await tx.query('ALTER TABLE audit_entries DISABLE TRIGGER audit_refuse');
        for (const statement of statements) await tx.query(statement);
        await tx.query('ALTER TABLE audit_entries ENABLE TRIGGER audit_refuse');
      });
    };
    const faults = async (): Promise<readonly string[]> =>
      (await verifyAudit(withKeys(third))).faults.map(({ seq, code }) => `${seq} ${code}`);
    await tamper('CREATE TABLE kept AS TABLE audit_entries', 'CREATE TABLE kept_head AS TABLE audit_head');
    // The last entry of the first key again, with another subject and a chain that fits what came before it.
    const entries = await readAuditChain(store.read, '0', 100);
    const [two, three] = [entries[1], entries[2]];
    if (two === undefined || three === undefined) throw new Error('three entries have the first key');
    const { seq, at, chain: _, ...rest } = three;
    const chain = forged.link(two.chain, auditText(BigInt(seq), at, { ...rest, subject: 'nothing at all' }));
    await tamper(
      `UPDATE audit_entries SET subject = 'nothing at all', chain = '\\x${chain.toString('hex')}' WHERE seq = 3`,
    );
    expect(await faults()).toEqual(['4 AUDIT_ENTRY_CHANGED']);
    const seal = sealAuditHead(forged, 3n, chain).toString('hex');
    await tamper(
      'DELETE FROM audit_entries WHERE seq > 3',
      `UPDATE audit_head SET seq = 3, seal = '\\x${seal}', key_id = '${forged.keyId}'`,
    );
    expect(await faults()).toEqual(['3 AUDIT_HEAD_CHANGED']);
    await tamper(
      'TRUNCATE audit_entries',
      'INSERT INTO audit_entries SELECT * FROM kept',
      'DELETE FROM audit_head',
      'INSERT INTO audit_head SELECT * FROM kept_head',
    );
    expect(await faults()).toEqual([]);
    const last = entries.at(-1);
    if (last === undefined) throw new Error('there are entries');
    const added = { seq: String(entries.length + 1), at: '2026-01-01T00:00:00.000000Z' };
    const text = auditText(BigInt(added.seq), added.at, { ...rest, detail: {} });
    const end = forged.link(last.chain, text).toString('hex');
    await tamper(
      `INSERT INTO audit_entries (seq, at, actor, action, subject, detail, chain)
       VALUES (${added.seq}, '${added.at}', '${rest.actor}', '${rest.action}', '${rest.subject}', '{}', '\\x${end}')`,
    );
    expect(await faults()).toEqual([`${added.seq} AUDIT_ENTRY_CHANGED`]);
    await tamper(`DELETE FROM audit_entries WHERE seq = ${added.seq}`);
    expect(await faults()).toEqual([]);
  });

  it('goes on without a key that nobody has, when that is accepted, and says what is lost', async () => {
    const stranger = withKeys(randomBytes(32));
    const { unreadable } = await reseal(stranger, { acceptLoss: true });
    expect(unreadable).toContainEqual({ column: 'operators.second_factor', count: 1 });
    expect(unreadable.map(({ column }) => column)).toContain('audit_keys.key');
    await note(stranger, 'life goes on');
    const { faults } = await verifyAudit(stranger);
    expect(faults.map(({ seq, code }) => `${seq} ${code}`)).toEqual(['1 AUDIT_KEY_MISSING']);
    expect((await showKeys(stranger)).map(({ state }) => state)).toEqual(['present', 'unknown']);
  });
});

it('sends a link again as it was, when its key is not the present one any more', async () => {
  const { store } = world.context;
  const { id: profileId } = await aPerson(withKeys(first), { preRegistration: true });
  const id = newId();
  await store.read.insert(EmailEntity, {
    id,
    profileId,
    kind: 'registration',
    state: 'queued',
    cause: { kind: 'system' },
  });
  const linkOf = async (context: AppContext): Promise<string | undefined> => {
    const prepared = await prepareEmail(context, id);
    return prepared.kind === 'ready' ? prepared.mail.link?.reveal() : prepared.kind;
  };
  const link = await linkOf(withKeys(first));
  expect(link).toContain('http');
  expect(await linkOf(withKeys(second, first))).toBe(link);
  const shown = await showKeys(withKeys(second, first));
  expect(shown.map(({ state, links }) => `${state} ${String(links)}`)).toEqual([
    'present 0',
    'accepted 1',
    'unknown 0',
    'unknown 0',
  ]);
  expect(await linkOf(withKeys(second))).not.toBe(link);
});
