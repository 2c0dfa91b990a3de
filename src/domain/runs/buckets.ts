const RECORDS_A_BUCKET = 64;
const MOST_BUCKETS = 65_536;

/** Into how many buckets to sort so many records: a power of two, small enough that one change is cheap to find. */
export function bucketsFor(records: number): number {
  const wanted = Math.ceil(records / RECORDS_A_BUCKET);
  return Math.min(MOST_BUCKETS, 2 ** Math.ceil(Math.log2(Math.max(wanted, 1))));
}

/** Looking at most records one by one costs more than reading all of them in pages. */
export function isWorthDigests(agreeing: number, all: number): boolean {
  return agreeing * 2 > all;
}
