import { at, isGroup, listAt, type Document } from './document.ts';

/** Of a person who does not exist; what has no example here is said to be one. */
const VALUES: Readonly<Record<string, string>> = {
  username: 'ada',
  email: 'ada@example.org',
  givenName: 'Ada',
  familyName: 'Byron',
  displayName: 'Ada Byron',
  locale: 'en',
  enabled: 'true',
};

/**
 * A post to try a key with, in a shell: one record with the key and the columns that
 * are mapped. The key is read from the variable KEY: a command with a key in it stays
 * in the shell's history.
 */
export function examplePost(url: string, definition: Document): string {
  const record = Object.fromEntries([
    ...Object.entries(mappedColumns(definition)),
    ...listAt(definition, 'source.key').map((column) => [column, '7'] as const),
  ]);
  return [
    'read -rs KEY                       # paste the key, then press Enter',
    `BODY='${JSON.stringify({ record }).replaceAll("'", String.raw`'\''`)}'`,
    'ID="post-$(date +%s)"; NOW="$(date +%s)"',
    'HEX="$(printf %s "${KEY#whsec_}" | base64 -d | od -An -tx1 | tr -d \' \\n\')"',
    'SIGNATURE="$(printf %s "$ID.$NOW.$BODY" | openssl dgst -sha256 -mac HMAC -macopt "hexkey:$HEX" -binary | base64)"',
    `curl -sS -X POST ${url} \\`,
    '  -H "content-type: application/json" -H "webhook-id: $ID" -H "webhook-timestamp: $NOW" \\',
    '  -H "webhook-signature: v1,$SIGNATURE" --data-binary "$BODY"',
  ].join('\n');
}

function mappedColumns(definition: Document): Readonly<Record<string, string>> {
  const mapping = at(definition, 'mapping');
  if (!isGroup(mapping)) return {};
  const attributes = at(mapping, 'attributes');
  const rules = [...Object.entries(isGroup(attributes) ? attributes : {}), ...Object.entries(mapping)];
  return Object.fromEntries(
    rules.flatMap(([field, rule]) =>
      columnsOf(rule).map((column) => [column, VALUES[field] ?? `example ${field}`]),
    ),
  );
}

/** The columns that a rule names; those that an expression reads are for its author to know. */
function columnsOf(rule: unknown): readonly string[] {
  if (typeof rule === 'string') return [rule];
  const column = at(rule, 'column');
  return typeof column === 'string' ? [column] : [...listAt(rule, 'columns'), ...listAt(rule, 'coalesce')];
}
