import { v7, validate } from 'uuid';

/** A new UUID version 7 (RFC 9562): ids sort in the order they were made, within one process strictly. */
export function newId(): string {
  return v7();
}

export function isId(text: string): boolean {
  return validate(text);
}
