/** What transactions and savepoints are made of, and what changes no value. */
const HARMLESS =
  /^(?:BEGIN|COMMIT|ROLLBACK|SAVEPOINT|RELEASE|XA|GRANT|REVOKE|FLUSH|ANALYZE|OPTIMIZE|REPAIR|CREATE\s+(?:OR\s+REPLACE\s+)?(?:\w+\s+)?(?:INDEX|VIEW|USER|ROLE)|DROP\s+(?:INDEX|VIEW|USER|ROLE))\b/i;
const COMMENTS = /^(?:\s|\/\*(?!!)[^]*?\*\/|--\s.*\n|#.*\n)+/;

/**
 * Whether a statement in the log may have changed records without a row in the log:
 * the table was altered, emptied, dropped or renamed, or written to by a session that
 * logs statements. Rather once too often: the answer is a full run.
 */
export function changesWholeTable(
  statement: string,
  { database, table }: { readonly database: string; readonly table: string },
): boolean {
  const text = statement.replace(COMMENTS, '');
  if (HARMLESS.test(text) || /^\w+\s+(?:\/\*!\d*\s*)?TEMPORARY\b/i.test(text)) return false;
  if (/^(?:DROP|ALTER)\s+(?:DATABASE|SCHEMA)\b/i.test(text)) return names(text, database);
  return names(text, table);
}

/** The name as a word, in backticks or double quotes or without; how names are compared differs, so in any case. */
function names(text: string, name: string): boolean {
  const whole = text.toLowerCase();
  const wanted = name.toLowerCase();
  for (let at = whole.indexOf(wanted); at !== -1; at = whole.indexOf(wanted, at + 1)) {
    const [before, after] = [whole.charAt(at - 1), whole.charAt(at + wanted.length)];
    if (!/[\w$]/.test(before) && !/[\w$]/.test(after)) return true;
  }
  return false;
}
