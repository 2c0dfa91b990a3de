import { discoverProvider, type Discovery } from '../../app/providers/discover-provider.ts';
import type { Transform } from '../../../connectors/contract/definition.ts';
import type { Proposal } from '../../domain/providers/propose.ts';
import type { Session, Typed } from '../command.ts';
import type { Output } from '../output.ts';
import { readTarget } from './read-target.ts';

export async function discover(session: Session, typed: Typed): Promise<undefined> {
  const { output, signal } = session;
  const target = await readTarget(session, typed, 'whereabouts');
  await session.withContext(async (context) => {
    const discovery = await discoverProvider(context, target, signal);
    output.result(discovery, () =>
      [tablesText(output, discovery), '', proposalText(output, discovery.proposal)].join('\n'),
    );
  });
}

function tablesText(output: Output, { tables }: Discovery): string {
  return tables
    .map(({ name, kind, key, columns, estimatedRows }) => {
      const rows = estimatedRows === null ? '' : `, about ${estimatedRows.toLocaleString('en-GB')} rows`;
      const head = `${output.style('bold', name)} (${kind}${rows}; key ${key.length === 0 ? 'none' : key.join(', ')})`;
      const lines = columns.map((column) => {
        const { looksLike } = column;
        return `    ${column.name.padEnd(24)} ${column.type}${column.nullable ? ', may be empty' : ''}${looksLike === null ? '' : `  ← ${looksLike}`}`;
      });
      return [head, ...lines].join('\n');
    })
    .join('\n');
}

/** As much of a definition as can be guessed, ready to paste, each line with its reason. */
function proposalText(output: Output, proposal: Proposal | null): string {
  if (proposal === null) return 'Nothing here looks like people. Name the table and the mapping yourself.';
  const fields = proposal.fields.map(({ path, column, transform, reason }) => {
    const rule =
      transform.length === 0
        ? column
        : `{ column: ${column}, transform: [${transform.map(stepText).join(', ')}] }`;
    return `    ${`${path}: ${rule}`.padEnd(56)} ${output.style('dim', `# ${reason}`)}`;
  });
  return [
    output.style('bold', 'Proposal'),
    `    source.table: ${proposal.table}`,
    `    source.key: [${proposal.key.join(', ')}]`,
    ...fields,
    ...proposal.notes.map((note) => `    ${output.style('yellow', `! ${note}`)}`),
  ].join('\n');
}

function stepText(transform: Transform): string {
  return typeof transform === 'string' ? transform : JSON.stringify(transform);
}
