import { lookup as systemLookup } from 'node:dns/promises';
import ipaddr from 'ipaddr.js';
import { ConnectorError } from '../../connectors/contract/errors.ts';

export interface AddressRules {
  /** 10/8, 172.16/12, 192.168/16, 100.64/10 and fc00::/7. */
  readonly allowPrivate: boolean;
  /** 127/8 and ::1. */
  readonly allowLoopback: boolean;
  /** Every address of a name; the operating system's resolver unless given. */
  readonly lookup?: (host: string) => Promise<readonly string[]>;
}

/**
 * Where clouds answer requests for a machine's own credentials, besides 169.254/16: AWS over IPv6,
 * Alibaba, Oracle, and Azure's host agent, which has a public address.
 */
const METADATA = new Set(['fd00:ec2::254', '100.100.100.200', '192.0.0.192', '168.63.129.16']);

/** The resolver's codes for "try again": it answered nothing, which says nothing about the name. */
const TEMPORARY = new Set(['EAI_AGAIN', 'ETIMEOUT', 'ESERVFAIL', 'ECONNREFUSED']);

const PRIVATE = new Set(['private', 'uniqueLocal', 'carrierGradeNat']);

type Verdict = 'allowed' | 'by-rule' | 'never';

/**
 * Resolves a host and checks every address it has. Connect to the address
 * returned and to no other: asking again may give another one.
 *
 * A name with one address that is never allowed (link-local, metadata,
 * multicast, unspecified, tunnels) is refused as a whole. Of the others the
 * first that the rules allow is returned, in the resolver's order.
 *
 * @throws ConnectorError `SOURCE_NAME_UNKNOWN`, `SOURCE_ADDRESS_REFUSED`, or
 *   `SOURCE_UNREACHABLE` when the resolver does not answer.
 */
export async function resolveAddress(
  host: string,
  rules: AddressRules,
  signal: AbortSignal,
): Promise<string> {
  signal.throwIfAborted();
  const addresses = await abortable(find(plainHost(host), rules), signal);
  const judged = addresses.map((address) => {
    const parsed = ipaddr.process(address);
    return { address: parsed.toString(), verdict: judge(parsed, rules) };
  });
  const allowed = judged.find(({ verdict }) => verdict === 'allowed');
  if (allowed !== undefined && judged.every(({ verdict }) => verdict !== 'never')) return allowed.address;
  const never = judged.some(({ verdict }) => verdict === 'never');
  throw new ConnectorError(
    'SOURCE_ADDRESS_REFUSED',
    never
      ? `${host} has an address that Tributary never connects to`
      : `${host} has only addresses that the configuration does not allow`,
  );
}

/** Names with a final dot are absolute; brackets belong to URLs. Neither is known to every resolver. */
function plainHost(host: string): string {
  const bare = /^\[.*\]$/.test(host) ? host.slice(1, -1) : host.replace(/\.$/, '');
  if (bare === '' || /[\s/?#@\\\0]/.test(bare))
    throw new ConnectorError('SOURCE_NAME_UNKNOWN', 'a host is a name or an address and nothing else');
  return bare;
}

async function find(host: string, rules: AddressRules): Promise<readonly string[]> {
  try {
    const addresses = await (rules.lookup ?? lookupAll)(host);
    if (addresses.length > 0) return addresses;
  } catch (cause) {
    if (TEMPORARY.has((cause as NodeJS.ErrnoException).code ?? ''))
      throw new ConnectorError('SOURCE_UNREACHABLE', `the name server did not answer for ${host}`, { cause });
    throw new ConnectorError('SOURCE_NAME_UNKNOWN', `there is no host ${host}`, { cause });
  }
  throw new ConnectorError('SOURCE_NAME_UNKNOWN', `${host} has no address`);
}

async function lookupAll(host: string): Promise<readonly string[]> {
  return (await systemLookup(host, { all: true })).map(({ address }) => address);
}

function judge(address: ipaddr.IPv4 | ipaddr.IPv6, rules: AddressRules): Verdict {
  if (METADATA.has(address.toString())) return 'never';
  const range = address.range();
  if (range === 'unicast') return embedsIpv4(address) ? 'never' : 'allowed';
  if (range === 'loopback') return rules.allowLoopback ? 'allowed' : 'by-rule';
  if (PRIVATE.has(range)) return rules.allowPrivate ? 'allowed' : 'by-rule';
  return 'never';
}

/** `::a.b.c.d`, an obsolete spelling of an IPv4 address that no range covers. */
function embedsIpv4(address: ipaddr.IPv4 | ipaddr.IPv6): boolean {
  return address instanceof ipaddr.IPv6 && address.parts.slice(0, 6).every((part) => part === 0);
}

async function abortable<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  let stop: () => void = () => undefined;
  const aborted = new Promise<never>((_, reject) => {
    stop = () => reject(signal.reason as Error);
    signal.addEventListener('abort', stop, { once: true });
  });
  try {
    return await Promise.race([work, aborted]);
  } finally {
    signal.removeEventListener('abort', stop);
  }
}
