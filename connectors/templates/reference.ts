import { TEMPLATES } from './index.ts';
import { templateDefinition, writesBack, type Published, type Template, type Tested } from './template.ts';

function testedText({ against, version, published }: Tested): string {
  return against === 'application'
    ? `against a database made by ${version} itself`
    : `against the tables of ${version}, as ${published?.repository ?? 'its repository'} publishes them`;
}

/** What was compared, and at which commit, so that anybody can look. */
function publishedText({ repository, files, missing = [] }: Published): readonly string[] {
  const list = files.map(
    ({ path, commit, repository: other }) =>
      `- \`${path}\`${other === undefined ? '' : ` of \`${other}\``} at \`${commit}\``,
  );
  return [`Compared with, in \`${repository}\`:`, '', ...list, '', ...missing.flatMap((each) => [each, ''])];
}

/** The page docs/reference/templates.md. */
export function templateReference(): string {
  return [
    '# Templates',
    '',
    'Ready-made definitions for well-known applications. `template: NAME` in a definition takes everything from it that the definition',
    'does not say; `bin/tributary provider init --template NAME` writes a file to go on from, and `provider discover` recognises the',
    'applications by their tables.',
    '',
    'What the author writes wins: groups are merged setting by setting; texts, numbers, lists and the rule of a mapped field replace',
    "the template's as a whole; `null` takes a setting out; `source.query` takes the place of `source.table`, and the reverse.",
    '',
    'What *tested* says: applications that can be installed are, by their own installer; their people are synced, and the application',
    'itself is asked whether it accepts a password that was written to it and refuses the one before. Odoo comes from an older release of',
    'Debian and runs with what belongs to that. The others cannot be installed where the tests run: their templates are held against tables',
    'with the names, types, widths, keys and defaults that the application publishes, and their rules against its code that checks passwords,',
    'which was read and not run. Below stands which files those were, and what was not found. A commit is one that holds the file as it was',
    'compared, not the newest.',
    '',
    '| name | application | connectors | write-back | tested |',
    '| --- | --- | --- | --- | --- |',
    ...TEMPLATES.map(tableRow),
    '',
    ...TEMPLATES.flatMap(section),
  ].join('\n');
}

function tableRow({ name, application, connectors, definition, tested }: Template): string {
  const cells = [`[\`${name}\`](#${name})`, application, connectors.join(', ')];
  return `| ${[...cells, writesBack(definition) ? 'yes' : 'no', testedText(tested)].join(' | ')} |`;
}

function section(template: Template): readonly string[] {
  const [usual] = template.connectors;
  const { source } = usual === undefined ? {} : (templateDefinition(template, usual) as { source?: unknown });
  const { table, query, key, where } = (source ?? {}) as Readonly<Record<string, string | readonly string[]>>;
  const records = table === undefined ? `the query \`${String(query)}\`` : `\`${String(table)}\``;
  const scope = where === undefined ? '' : `, those with \`${String(where)}\``;
  return [
    `## ${template.name}`,
    '',
    `${template.application}. Records are ${records}${scope}; the key is \`${String(key)}\`.`,
    '',
    ...template.notes.map((note) => `- ${note}`),
    '',
    ...(template.tested.published === undefined ? [] : publishedText(template.tested.published)),
  ];
}
