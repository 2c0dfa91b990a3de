import type { Discovery, Proposal, ProposedField } from '../../asks/providers.ts';
import { choose, chooseSome, type Choice } from './ask.ts';

type Table = Discovery['tables'][number];

/** Source and mapping as somebody decided, beginning with what was proposed. */
export async function askProposal({ tables, proposal, others }: Discovery): Promise<Proposal> {
  const table = await askTable(tables, proposal);
  const proposed = [proposal, ...others].find((each) => each?.table === table.name) ?? null;
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

async function askTable(tables: readonly Table[], proposal: Proposal | null): Promise<Table> {
  const named = await choose(
    'Where are the people?',
    tables.map(({ name, kind, estimatedRows }): Choice<string> => {
      const rows = estimatedRows === null ? '' : `, about ${estimatedRows.toLocaleString('en-GB')} rows`;
      const why = proposal?.table === name ? `; proposed: ${proposal.reason}` : '';
      return { value: name, label: name, hint: `${kind}${rows}${why}` };
    }),
    proposal?.table,
  );
  const table = tables.find(({ name }) => name === named);
  if (table === undefined) throw new Error(`no table ${named}`);
  return table;
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
