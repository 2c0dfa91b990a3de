import ipaddr from 'ipaddr.js';

/** A single customer is given every address that follows the first 64 bits. */
const GROUPS_OF_A_CUSTOMER = 4;

/**
 * The form under which an address is counted: IPv4 whole, also when written as
 * an IPv6 address that holds one; IPv6 by its first 64 bits. Every spelling of an
 * address yields the same text; what is no address yields `unknown`.
 */
export function addressKey(address: string): string {
  if (!ipaddr.isValid(address)) return 'unknown';
  const parsed = ipaddr.process(address);
  if (!('parts' in parsed)) return parsed.toString();
  const network = parsed.parts.slice(0, GROUPS_OF_A_CUSTOMER).map((group) => group.toString(16));
  return `${network.join(':')}::/64`;
}
