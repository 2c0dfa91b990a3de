import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { addressKey } from '../../../../src/domain/passwords/address-key.ts';

describe('addressKey', () => {
  it.each([
    ['192.0.2.1', '192.0.2.1'],
    ['::ffff:192.0.2.1', '192.0.2.1'],
    ['::FFFF:C000:0201', '192.0.2.1'],
    ['0:0:0:0:0:ffff:192.0.2.1', '192.0.2.1'],
    ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
    ['2001:0DB8:0001:0002::', '2001:db8:1:2::/64'],
    ['2001:db8:1:3::1', '2001:db8:1:3::/64'],
    ['fe80::1%eth0', 'fe80:0:0:0::/64'],
    ['::1', '0:0:0:0::/64'],
    ['', 'unknown'],
    ['localhost', 'unknown'],
    ['192.0.2.1, 192.0.2.2', 'unknown'],
  ])('counts %s as %s', (address, key) => {
    expect(addressKey(address)).toBe(key);
  });

  it('does not depend on how an IPv4 address is written into an IPv6 one', () => {
    fc.assert(fc.property(fc.ipV4(), (address) => addressKey(`::ffff:${address}`) === addressKey(address)));
  });

  it('tells no two addresses of one /64 apart', () => {
    const group = fc.integer({ min: 0, max: 0xffff }).map((value) => value.toString(16));
    const half = fc.array(group, { minLength: 4, maxLength: 4 }).map((groups) => groups.join(':'));
    // 2001:… keeps the address out of the range that holds IPv4.
    fc.assert(
      fc.property(half, half, half, (network, one, other) => {
        const prefix = `2001:${network.split(':').slice(1).join(':')}`;
        return addressKey(`${prefix}:${one}`) === addressKey(`${prefix}:${other}`.toUpperCase());
      }),
    );
  });
});
