import type { Discovery, Proposal, ProposedField } from '../../asks/providers.ts';
import { choose, chooseSome, type Choice } from './ask.ts';

type Table = Pick<Discovery['tables'][number], 'name' | 'key' | 'columns'>;

/** Source and mapping as somebody decided, beginning with what was proposed. @param named null: those of the query. */
export async function askProposal(
  { tables, proposal, others, query }: Discovery,
  named: string | null,
): Promise<Proposal> {
  const table =
    named === null ? query && { ...query, name: THE_QUERY } : tables.find(({ name }) => name === named);
  if (table === null || table === undefined) throw new Error(`no ${named ?? THE_QUERY}`);
  const proposals = named === null ? [query?.proposal] : [proposal, ...others];
  const proposed = proposals.find((each) => each?.table === table.name) ?? null;
  const fields = proposed === null ? await askColumns(table) : await askFields(proposed, table);
  const rest = proposed ?? nothingProposed(table);
  const key = rest.key.length > 0 ? rest.key : await askKey(table);
  return { ...rest, key, fields, nearMisses: [], alternatives: [], notes: [] };
}

/** Of a view, or a table without one. */
async function askKey({ columns }: Table): Promise<readonly string[]> {
  const options = columns.map(({ name, type }) => ({ value: name, label: name, hint: type }));
  return await chooseSome('Which columns tell the records apart? (space takes one)', options, { least: 1 });
}

/** As the query is called where a table has its name. */
const THE_QUERY = 'the query';
/** No name of a table. */
const OWN_QUERY = '';

/** @returns the table's name; null: a query. */
export async function askWhere({ tables, proposal }: Discovery): Promise<string | null> {
  const options = tables.map(({ name, kind, estimatedRows }): Choice<string> => {
    const rows = estimatedRows === null ? '' : `, about ${estimatedRows.toLocaleString('en-GB')} rows`;
    const why = proposal?.table === name ? `; proposed: ${proposal.reason}` : '';
    return { value: name, label: name, hint: `${kind}${rows}${why}` };
  });
  const query = {
    value: OWN_QUERY,
    label: 'In what a query answers',
    hint: 'several tables joined, for example',
  };
  const named = await choose('Where are the people?', [...options, query], proposal?.table);
  return named === OWN_QUERY ? null : named;
}

/** What was proposed, each with its reason; the username is always there. */
async function askFields(proposal: Proposal, table: Table): Promise<readonly ProposedField[]> {
  const optional = proposal.fields.filter(({ path }) => path !== USERNAME);
  const kept = await chooseSome(
    'What is taken over? (space leaves one out)',
    optional.map(({ path, column, reason }) => ({
      value: path,
      label: `${path.replace(/^mapping\./, '')} from ${column}`,
      hint: reason,
    })),
    { initial: optional.map(({ path }) => path) },
  );
  const username = proposal.fields.find(({ path }) => path === USERNAME);
  return [
    username ?? (await askColumn(USERNAME_QUESTION, table)),
    ...optional.filter(({ path }) => kept.includes(path)),
  ];
}

const USERNAME = 'mapping.username';
const NONE = '';
const USERNAME_QUESTION = {
  path: USERNAME,
  message: 'Which column is the username?',
  optional: false,
};

/** For a table that nothing was proposed for. */
async function askColumns(table: Table): Promise<readonly ProposedField[]> {
  const fields = [await askColumn(USERNAME_QUESTION, table)];
  for (const [path, message] of [
    ['mapping.email', 'Which one is the e-mail address?'],
    ['mapping.displayName', 'Which one is the name that is shown?'],
    ['password.column', 'Which one holds the hash of the password?'],
  ] as const) {
    const field = await askColumn({ path, message, optional: true }, table);
    if (field.column !== NONE) fields.push(field);
  }
  return fields;
}

async function askColumn(
  {
    path,
    message,
    optional,
  }: { readonly path: string; readonly message: string; readonly optional: boolean },
  { columns }: Table,
): Promise<ProposedField> {
  const options = columns.map(({ name, type, looksLike }): Choice<string> => ({
    value: name,
    label: name,
    hint: looksLike === null ? type : `${type}; looks like ${looksLike}`,
  }));
  const column = await choose(message, optional ? [{ value: NONE, label: 'None' }, ...options] : options);
  return { path, column, transform: path === 'mapping.email' ? ['trim', 'lower'] : [], reason: 'chosen' };
}

function nothingProposed(table: Table): Omit<Proposal, 'fields'> {
  return {
    table: table.name,
    reason: 'chosen',
    key: table.key,
    cursor: null,
    nearMisses: [],
    hashFormats: [],
    namedFormat: null,
    salted: null,
    alternatives: [],
    notes: [],
  };
}
