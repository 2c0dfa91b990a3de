import { stringify } from 'yaml';
import type { Discovery, Proposal, ProposedField } from '../asks/providers.ts';
import { AppError } from '../../kernel/errors.ts';
import { flag, type Session, type Typed } from '../command.ts';
import type { Output } from '../output.ts';
import { definitionYaml, formatOf } from './definition-yaml.ts';
import { readTarget } from './read-target.ts';

export async function discover(session: Session, typed: Typed): Promise<undefined> {
  const { output, signal } = session;
  const target = await readTarget(session, typed, 'whereabouts');
  await session.withInstallation(async ({ providers }) => {
    const discovery = await providers.discover(target, signal);
    if (flag(typed, 'yaml')) {
      const yaml = yamlOf(discovery);
      output.result({ yaml }, () => yaml.trimEnd());
      return;
    }
    output.result(discovery, () =>
      [
        tablesText(output, discovery),
        ...queryText(output, discovery),
        ...applicationsText(output, discovery),
        '',
        proposalText(output, discovery),
      ].join('\n'),
    );
    if (proposalOf(discovery) !== null)
      output.hint('Write it down with --yaml > FILE, look at it, then: tributary provider preview -f FILE');
  });
}

/** A definition with a query has said where its people are. */
function proposalOf({ query, proposal }: Discovery): Proposal | null {
  return query === null ? proposal : query.proposal;
}

/** @throws AppError `NOTHING_PROPOSED` when nothing looks like people. */
function yamlOf(discovery: Discovery): string {
  const proposal = proposalOf(discovery);
  if (proposal !== null) return definitionYaml(discovery, proposal);
  throw new AppError({
    kind: 'missing',
    code: 'NOTHING_PROPOSED',
    message: 'Nothing here looks like people.',
    remedy: 'Look at the tables without --yaml, and name the table and the mapping yourself.',
  });
}

function tablesText(output: Output, { tables }: Discovery): string {
  return tables
    .map(({ name, kind, key, columns, estimatedRows }) => {
      const rows = estimatedRows === null ? '' : `, about ${estimatedRows.toLocaleString('en-GB')} rows`;
      const head = `${output.style('bold', name)} (${kind}${rows}; key ${key.length === 0 ? 'none' : key.join(', ')})`;
      return [head, ...columns.map(columnText)].join('\n');
    })
    .join('\n');
}

function columnText({
  name,
  type,
  nullable,
  looksLike,
}: Discovery['tables'][number]['columns'][number]): string {
  const looks = looksLike === null ? '' : `  ← ${looksLike}`;
  return `    ${name.padEnd(24)} ${type}${nullable ? ', may be empty' : ''}${looks}`;
}

function queryText(output: Output, { query }: Discovery): readonly string[] {
  if (query === null) return [];
  const head = `${output.style('bold', 'source.query')} (key ${query.key.length === 0 ? 'none seen' : `${query.key.join(', ')}, a guess`})`;
  return [head, ...query.columns.map((column) => columnText({ ...column, nullable: false }))];
}

function applicationsText(output: Output, { applications }: Discovery): readonly string[] {
  return applications.flatMap(({ template, application, table }) => [
    '',
    output.style('bold', application),
    `    template: ${template}`,
    `    source.table: ${table}`,
  ]);
}

/** As much of a definition as can be guessed, each line with its reason, and what was not taken with why. */
function proposalText(output: Output, discovery: Discovery): string {
  const proposal = proposalOf(discovery);
  if (proposal === null) return 'Nothing here looks like people. Name the table and the mapping yourself.';
  const line = (setting: string, reason: string): string =>
    `    ${setting.padEnd(56)} ${output.style('dim', `# ${reason}`)}`;
  const ofQuery = discovery.query !== null;
  const { cursor, salted, nearMisses, alternatives, notes } = proposal;
  return [
    output.style('bold', 'Proposal'),
    ofQuery
      ? line('source.query', proposal.reason)
      : line(`source.table: ${proposal.table}`, proposal.reason),
    line(`source.key: [${proposal.key.join(', ')}]`, ofQuery ? 'a guess: see below' : 'the key of the table'),
    ...(cursor === null ? [] : [line(`changes.cursor: ${cursor.column}`, cursor.reason)]),
    ...proposal.fields.map((field) => line(`${field.path}: ${ruleText(field)}`, field.reason)),
    ...(salted === null ? [] : [line(`password.format: ${flow(formatOf(salted))}`, salted.reason)]),
    ...nearMisses.map(({ path, column, reason }) =>
      output.style('dim', `    not ${path}: ${column}`.padEnd(61) + `# ${reason}`),
    ),
    ...(alternatives.length === 0 ? [] : [`    could be people too: ${alternatives.join(', ')}`]),
    ...notes.map((note) => `    ${output.style('yellow', `! ${note}`)}`),
  ].join('\n');
}

function ruleText({ column, transform }: ProposedField): string {
  if (transform.length === 0) return column;
  return flow({ column, transform });
}

function flow(value: unknown): string {
  return stringify(value, { collectionStyle: 'flow', lineWidth: 0 }).trimEnd();
}
