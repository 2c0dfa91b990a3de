/** Django and WordPress refuse more, for what hashing it would cost. */
const MOST_BYTES = 4096;
/** Half of a surrogate pair has no UTF-8; all of them would become the same replacement character. */
const LONE_SURROGATE = /\p{Surrogate}/u;

/**
 * Whether a text can be anybody's password. An empty one never is; with a NUL,
 * C code would compare only what stands before it.
 */
export function usable(password: string): boolean {
  return (
    password !== '' &&
    !password.includes('\0') &&
    !LONE_SURROGATE.test(password) &&
    Buffer.byteLength(password) <= MOST_BYTES
  );
}
