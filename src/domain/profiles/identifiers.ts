/**
 * The form under which usernames are unique and looked up: NFKC, then lower
 * case without regard to the machine's language, then NFKC again, because folding
 * can undo it. Look-alikes that NFKC keeps apart (dotless i) stay apart: nobody
 * is matched to somebody else's account.
 */
export function usernameKey(username: string): string {
  return username.normalize('NFKC').toLowerCase().normalize('NFKC');
}

/** The form under which addresses are compared. Mail always goes to the address as stored, never to a typed one. */
export function emailKey(email: string): string {
  return email.normalize('NFC').toLowerCase();
}

const MAX_EMAIL = 254;
const MAX_LOCAL_PART = 64;
const LOCAL_PART = /^[\p{L}\p{N}!#$%&'*+/=?^_{|}~-]+(?:\.[\p{L}\p{N}!#$%&'*+/=?^_{|}~-]+)*$/u;
const DOMAIN_LABEL = /^[\p{L}\p{N}](?:[\p{L}\p{N}-]{0,61}[\p{L}\p{N}])?$/u;

/**
 * Accepts exactly one plain mailbox (RFC 5321 limits: 254 characters, 64 before
 * the @): no display name, no quotes, no list, no address literal. What this
 * accepts reaches one recipient and no more.
 */
export function isEmail(text: string): boolean {
  const at = text.lastIndexOf('@');
  if (at < 1 || text.length > MAX_EMAIL || at > MAX_LOCAL_PART) return false;
  const labels = text.slice(at + 1).split('.');
  return (
    LOCAL_PART.test(text.slice(0, at)) &&
    labels.length > 1 &&
    labels.every((label) => DOMAIN_LABEL.test(label))
  );
}

const MAX_USERNAME = 200;
const CONTROL = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/u;

/** Null when usable; otherwise why not, to follow "the username ". */
export function usernameFault(username: string): string | null {
  if (username.trim() === '') return 'is empty';
  if (username !== username.trim()) return 'begins or ends with a space';
  if (username.length > MAX_USERNAME) return `is longer than ${MAX_USERNAME} characters`;
  if (CONTROL.test(username)) return 'contains control or invisible characters';
  return null;
}

/** True for text with control characters (tab and line feed included), bidirectional overrides or lone surrogates. */
export function hasControls(text: string): boolean {
  return CONTROL.test(text);
}
