/** Anything that may be an e-mail address, also within a sentence. */
const ADDRESS = /[^\s@<>"'`,;:()[\]{}]+@[^\s@<>"'`,;:()[\]{}]+/g;

/** `anna.berg@example.org` as `a•••@example.org`: enough to compare with what a caller says, too little to write to. */
export function maskAddress(address: string): string {
  const at = address.lastIndexOf('@');
  const [first = ''] = address;
  return `${at > 0 ? first : ''}•••${address.slice(at)}`;
}

/** A copy in which every address in every text is masked, at any depth. Dates and numbers stay as they are. */
export function maskAddresses<T>(value: T): T {
  return masked(value) as T;
}

function masked(value: unknown): unknown {
  if (typeof value === 'string') return value.replaceAll(ADDRESS, maskAddress);
  if (Array.isArray(value)) return value.map(masked);
  if (typeof value !== 'object' || value === null || value instanceof Date) return value;
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, masked(inner)]));
}
