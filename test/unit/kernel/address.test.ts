import { describe, expect, it } from '@jest/globals';
import { resolveAddress, type AddressRules } from '../../../src/kernel/address.ts';

const signal = new AbortController().signal;
const strict: AddressRules = { allowPrivate: false, allowLoopback: false };
const open: AddressRules = { allowPrivate: true, allowLoopback: true };
const refused = { code: 'SOURCE_ADDRESS_REFUSED' };
const withAddresses = (rules: AddressRules, ...addresses: string[]): AddressRules => ({
  ...rules,
  lookup: () => Promise.resolve(addresses),
});

describe('resolveAddress', () => {
  it.each([
    '127.0.0.1',
    '127.1',
    '0x7f000001',
    '2130706433',
    '::1',
    '[::1]',
    '::ffff:127.0.0.1',
    'localhost',
    'localhost.',
    'LOCALHOST',
    '0177.0.0.1',
  ])('finds loopback behind %s', async (host) => {
    await expect(resolveAddress(host, strict, signal)).rejects.toMatchObject(refused);
    await expect(resolveAddress(host, open, signal)).resolves.toMatch(/^(127\.0\.0\.1|::1)$/);
  });

  it.each(['10.1.2.3', '172.16.0.1', '192.168.0.1', '100.64.0.1', 'fd12::1', '::ffff:10.0.0.1'])(
    'takes private %s only where the rules allow it',
    async (host) => {
      await expect(resolveAddress(host, strict, signal)).rejects.toMatchObject(refused);
      await expect(resolveAddress(host, open, signal)).resolves.toEqual(expect.any(String));
    },
  );

  it.each([
    '169.254.169.254',
    '::ffff:169.254.169.254',
    'fd00:ec2::254',
    '100.100.100.200',
    '168.63.129.16',
    'fe80::1',
    '0.0.0.0',
    '0',
    '::',
    '224.0.0.1',
    'ff02::1',
    '255.255.255.255',
    '::7f00:1',
    '64:ff9b::7f00:1',
    '2002:7f00:1::',
  ])('never connects to %s', async (host) => {
    await expect(resolveAddress(host, open, signal)).rejects.toMatchObject(refused);
  });

  it('checks every address of a name', async () => {
    const mixed = withAddresses(open, '93.184.216.34', '169.254.169.254');
    await expect(resolveAddress('rebound.example', mixed, signal)).rejects.toMatchObject(refused);
    const both = withAddresses(strict, '10.0.0.1', '93.184.216.34');
    await expect(resolveAddress('split.example', both, signal)).resolves.toBe('93.184.216.34');
  });

  it.each(['', 'a b', 'postgres://u:p@h/db', '/var/run/postgresql', 'h#x'])(
    'refuses %j as a host',
    async (host) => {
      await expect(resolveAddress(host, open, signal)).rejects.toMatchObject({ code: 'SOURCE_NAME_UNKNOWN' });
    },
  );

  it('tells an unknown name from a name server that does not answer', async () => {
    const failing = (code: string): AddressRules => ({
      ...open,
      lookup: () => Promise.reject(Object.assign(new Error('lookup'), { code })),
    });
    await expect(resolveAddress('a.example', failing('ENOTFOUND'), signal)).rejects.toMatchObject({
      code: 'SOURCE_NAME_UNKNOWN',
    });
    await expect(resolveAddress('a.example', failing('EAI_AGAIN'), signal)).rejects.toMatchObject({
      code: 'SOURCE_UNREACHABLE',
    });
    await expect(resolveAddress('a.example', withAddresses(open), signal)).rejects.toMatchObject({
      code: 'SOURCE_NAME_UNKNOWN',
    });
  });

  it('stops waiting for the resolver when aborted', async () => {
    const abort = new AbortController();
    const hanging: AddressRules = { ...open, lookup: () => new Promise(() => undefined) };
    const waiting = resolveAddress('slow.example', hanging, abort.signal);
    abort.abort(new Error('enough'));
    await expect(waiting).rejects.toThrow('enough');
  });
});
