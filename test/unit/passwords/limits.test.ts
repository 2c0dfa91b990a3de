import { readFileSync } from 'node:fs';
import { afterAll, describe, expect, it } from '@jest/globals';
import { Secret } from '../../../connectors/contract/secret.ts';
import { createPasswordHasher } from '../../../src/passwords/create-hasher.ts';
import { LOW_COSTS } from './low-costs.ts';

interface Fact {
  readonly format: string;
  readonly by: string;
  readonly past72: 'ignored' | 'read' | 'refused';
  /** Of 72 times z and more behind it. */
  readonly hash: string | null;
  readonly nul: 'ends' | 'read' | 'refused' | 'unknown';
}

/** Found out by known-answers/limits.py, by running each of them. */
const FACTS = JSON.parse(
  readFileSync(new URL('known-answers/limits.json', import.meta.url), 'utf8'),
) as Fact[];

const hasher = createPasswordHasher({ costs: LOW_COSTS });
afterAll(async () => {
  await hasher[Symbol.asyncDispose]();
});

describe.each(FACTS)('$format, as $by does it', ({ format, past72, hash, nul }) => {
  const result = async (password: string, stored: Secret): Promise<string> =>
    (await hasher.verify(new Secret(password), stored, 'auto')).result;

  it('reads as far as that does', async () => {
    const stored = new Secret(hash ?? '');
    expect(await result(`${'z'.repeat(72)}past`, stored)).toBe('match');
    expect(await result('z'.repeat(72), stored)).toBe(past72 === 'ignored' ? 'match' : 'mismatch');
    expect(await result('z'.repeat(71), stored)).toBe('mismatch');
  });

  it('writes what that would accept for the same password', async () => {
    const written = await hasher.encode(new Secret(`${'z'.repeat(72)}past`), format, null);
    expect(await result('z'.repeat(72), written)).toBe(past72 === 'ignored' ? 'match' : 'mismatch');
  });

  it('has no password that ends at a NUL', async () => {
    expect(nul).not.toBe('ends');
    const stored = await hasher.encode(new Secret('abc'), format, null);
    expect(await result('abc\0def', stored)).toBe('mismatch');
  });
});
