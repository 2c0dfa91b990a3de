import { Document, isMap, isScalar, type Pair, type YAMLMap } from 'yaml';
import type { Connection } from '../../../connectors/contract/definition.ts';
import type { Discovery, Proposal, ProposedField, ProposedSalt } from '../asks/providers.ts';

/**
 * A definition ready to apply, made of what was discovered: each line with its
 * reason, what somebody has to decide on top. The password comes from the
 * environment, under a name made of the provider's.
 *
 * @param proposal the query's, where the discovery has a query.
 */
export function definitionYaml(
  discovery: Discovery,
  proposal: Proposal,
  onboarding: Onboarding = 'none',
): string {
  const { name, connector, connection } = discovery.whereabouts;
  const written = new Document({
    name,
    connector,
    connection: { ...withoutPassword(connection), ...passwordOf(name, connection) },
    source: sourceOf(discovery, proposal),
    changes: changesOf(proposal),
    mapping: mappingOf(proposal.fields),
    ...passwordRules(proposal, onboarding),
  });
  written.commentBefore = [
    ` Proposed by: tributary provider discover`,
    ...proposal.notes.map((note) => ` To decide: ${note}`),
  ].join('\n');
  if (discovery.query === null) comment(written, ['source', 'table'], proposal.reason);
  if (proposal.cursor !== null) comment(written, ['changes', 'cursor'], proposal.cursor.reason);
  for (const { path, reason } of proposal.fields) comment(written, path.split('.'), reason);
  if (proposal.salted !== null) comment(written, ['password', 'format'], proposal.salted.reason);
  for (const [path, misses] of byGroup(proposal)) commentAfter(written, path, misses);
  return written.toString({ lineWidth: 0 });
}

function sourceOf({ query }: Discovery, { table, key }: Proposal): Record<string, unknown> {
  return { ...(query === null ? { table } : { query: query.text }), key };
}

/** What new people start with. */
export type Onboarding = 'none' | 'force-reset' | 'pre-registration';

/** The variable a definition takes its password from: `ACME_HR_PASSWORD` for `acme-hr`; none begins with a digit. */
export function passwordVariable(name: string): string {
  return `${name
    .toUpperCase()
    .replaceAll('-', '_')
    .replace(/^(?=\d)/, '_')}_PASSWORD`;
}

function passwordOf(name: string, connection: Connection): Record<string, string> {
  return 'user' in connection ? { password: `\${${passwordVariable(name)}}` } : {};
}

/** The stored connection has none; were there one, it would not be written. */
function withoutPassword(connection: Connection): Record<string, unknown> {
  return Object.fromEntries(Object.entries(connection).filter(([key]) => key !== 'password'));
}

/** Nightly, at a time when nobody waits; polled each minute where something tells what changed. */
function changesOf({ cursor }: Proposal): Record<string, string> {
  const full = '0 3 * * *';
  return cursor === null ? { full } : { mode: 'poll', cursor: cursor.column, delta: '* * * * *', full };
}

function ruleOf({ column, transform }: ProposedField): unknown {
  return transform.length === 0 ? column : { column, transform };
}

function mappingOf(fields: readonly ProposedField[]): Record<string, unknown> {
  const under = (prefix: string): Record<string, unknown> =>
    Object.fromEntries(
      fields
        .filter(({ path }) => path.startsWith(prefix) && !path.slice(prefix.length).includes('.'))
        .map((field) => [field.path.slice(prefix.length), ruleOf(field)]),
    );
  const attributes = under('mapping.attributes.');
  return { ...under('mapping.'), ...(Object.keys(attributes).length === 0 ? {} : { attributes }) };
}

function passwordRules(
  { fields, namedFormat, salted }: Proposal,
  onboarding: Onboarding,
): { readonly password?: unknown } {
  const rules = fields.filter(({ path }) => path.startsWith('password.'));
  const start = onboarding === 'none' ? {} : { onboarding };
  if (rules.length === 0) return onboarding === 'none' ? {} : { password: start };
  const password = rules.map((field) => [field.path.slice('password.'.length), ruleOf(field)] as const);
  const column = rules.some(({ path }) => path === 'password.column');
  const format = salted === null ? (namedFormat ?? 'auto') : formatOf(salted);
  return {
    password: { ...Object.fromEntries(password), ...(column ? { format } : {}), ...start },
  };
}

/** The rule for hashes whose salt has a column of its own. */
export function formatOf({ digest, column }: ProposedSalt): unknown {
  return { digest, salt: { column } };
}

function comment(written: Document, path: readonly string[], text: string): void {
  const node = written.getIn(path, true);
  if (isScalar(node)) node.comment = ` ${text}`;
  else if (isMap(node)) {
    node.flow = true;
    node.comment = ` ${text}`;
  }
}

/** Near misses by the group of settings they would have stood in. */
function byGroup({ nearMisses }: Proposal): Map<string, readonly string[]> {
  const groups = new Map<string, readonly string[]>();
  for (const { path, column, reason } of nearMisses) {
    const [group = ''] = path.split('.');
    groups.set(group, [...(groups.get(group) ?? []), ` not ${path}: ${column} (${reason})`]);
  }
  return groups;
}

/** Above the group; where there is no such group, above the mapping. */
function commentAfter(written: Document, group: string, lines: readonly string[]): void {
  const items = (written.contents as YAMLMap).items;
  const named = (key: string): Pair | undefined =>
    items.find(({ key: each }) => isScalar(each) && each.value === key);
  const pair = named(group) ?? named('mapping');
  if (!isScalar(pair?.key)) return;
  pair.key.commentBefore = [pair.key.commentBefore, ...lines].filter(Boolean).join('\n');
}
