/** What the hash that a write-back carries is bound to when sealed. */
export function writeBackHashBinding(writeBackId: string): string {
  return `write_backs/hash/${writeBackId}`;
}

/** What the hash that a write-back takes the place of is bound to when sealed. */
export function expectedBinding(writeBackId: string): string {
  return `write_backs/expected/${writeBackId}`;
}
