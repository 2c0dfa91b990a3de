import { readFile } from 'node:fs/promises';
import { describe, expect, it } from '@jest/globals';
import { nearest } from '../../../../config/nearest.ts';
import { mergeDocuments, recognise, TEMPLATES } from '../../../../connectors/templates/index.ts';
import { templateReference } from '../../../../connectors/templates/reference.ts';
import { parseDefinition } from '../../../../src/cli/read-definition.ts';
import { templateText } from '../../../../src/cli/providers/init/template-text.ts';
import { parseProviderDefinition } from '../../../../src/http/schemas/provider-definition.ts';
import { WRITABLE_FORMATS } from '../../../../src/passwords/format-names.ts';

const PAIRS = TEMPLATES.flatMap((template) =>
  template.connectors.map((kind) => [template.name, kind] as const),
);

const server = { host: 'db.example.com', database: 'app', user: 'tributary' };
const written = (kind: string, more: object = {}) => ({
  name: 'app',
  connector: kind,
  connection: kind === 'sqlite' ? { file: 'app.db' } : server,
  ...more,
});

function definitionOf(document: object) {
  const read = parseProviderDefinition(document, nearest);
  if (!read.ok) throw new Error(JSON.stringify(read.problems));
  return read.value.definition;
}

describe('every template', () => {
  it.each(PAIRS)('%s is a whole definition for %s', (template, kind) => {
    const definition = definitionOf(written(kind, { template }));
    expect(definition.template).toBe(template);
    const format = definition.password?.writeBack.format;
    if (format !== undefined) expect(WRITABLE_FORMATS).toContain(format);
  });

  it.each(PAIRS)('%s makes a file for %s that can be used', (name, kind) => {
    const template = TEMPLATES.find((known) => known.name === name)!;
    const text = templateText(template, { name: 'my-app', kind });
    const environment = { APP_DB_PASSWORD: 'secret' };
    const about = { path: 'f', environment, scope: 'whole' } as const;
    const { definition } = parseDefinition(text, about);
    // Taking in what is commented out changes nothing.
    const marker = text.indexOf('# Everything below');
    const taken = text
      .slice(marker)
      .split('\n')
      .filter((line) => /^# ( *- | *[\w']+:)/.test(line) || /^# {3,}/.test(line));
    const said = taken.map((line) => line.slice(2)).filter((line) => !line.startsWith('changes: { full'));
    const whole = `${text.slice(0, marker)}\n${said.join('\n')}\n`;
    expect(parseDefinition(whole, about).definition).toEqual(definition);
  });

  it('is described on its page (npm run docs:reference)', async () => {
    expect(await readFile('docs/reference/templates.md', 'utf8')).toBe(templateReference());
  });
});

describe('what the author writes', () => {
  it('wins over the template, and leaves the rest', () => {
    const definition = definitionOf(
      written('postgres', {
        template: 'django',
        source: { table: 'accounts_user', where: 'is_staff' },
        mapping: { email: 'address', familyName: null, attributes: { site: { value: 'A' } } },
        password: {
          onboarding: 'force-reset',
          writeBack: { format: 'django-argon2', set: { changed: 'now' } },
        },
      }),
    );
    expect(definition.source).toEqual({ table: 'accounts_user', key: ['id'], where: 'is_staff' });
    expect(definition.mapping).toMatchObject({
      username: { column: 'username' },
      email: { column: 'address', transform: [] },
      attributes: { site: { value: 'A' } },
    });
    expect(definition.mapping.familyName).toBeUndefined();
    expect(definition.password).toMatchObject({
      column: 'password',
      onboarding: 'force-reset',
      writeBack: { enabled: true, format: 'django-argon2', set: { changed: 'now' } },
    });
  });

  it('may be a query in place of the table, without a password', () => {
    const query = 'SELECT id, username, email, first_name, last_name, is_active FROM auth_user';
    const definition = definitionOf(
      written('postgres', { template: 'django', source: { query }, password: null }),
    );
    expect(definition.source).toEqual({ query, key: ['id'] });
    expect(definition.password).toBeUndefined();
  });

  it('replaces lists and rules as a whole', () => {
    const base = { source: { key: ['a', 'b'] }, mapping: { email: { column: 'm', transform: ['trim'] } } };
    const over = { source: { key: ['c'] }, mapping: { email: { value: 'x' } } };
    expect(mergeDocuments(base, over)).toEqual({
      source: { key: ['c'] },
      mapping: { email: { value: 'x' } },
    });
  });

  it.each([
    ['a template that is not there', { template: 'djangoo' }, 'TEMPLATE_UNKNOWN', 'django'],
    ['a database it does not run on', { template: 'odoo' }, 'TEMPLATE_CONNECTOR', 'postgres'],
    ['no name', { template: 7 }, 'TYPE_INVALID', ''],
  ])('is refused: %s', (...[, more, code, hint]) => {
    const read = parseProviderDefinition(written('sqlite', more), nearest);
    const problem = read.ok ? undefined : read.problems.find(({ path }) => path === 'template');
    if (code !== 'TYPE_INVALID') expect(problem?.code).toBe(code);
    expect(`${problem?.message ?? ''} ${problem?.remedy ?? ''}`).toContain(hint);
    expect(problem).toBeDefined();
  });
});

describe('recognising', () => {
  const table = (name: string, columns: readonly string[]) => ({
    name,
    columns: columns.map((c) => ({ name: c })),
  });

  it('knows every application by its own table, and only that one', () => {
    for (const { name, signs } of TEMPLATES) {
      const found = recognise([table(`public.x_${signs.table}`, [...signs.columns, 'more'])]);
      expect(found.map(({ template }) => template.name)).toEqual([name]);
    }
  });

  it('goes by the columns, whatever their case, and says the table', () => {
    const columns = ['id', 'user_login', 'USER_PASS', 'user_nicename', 'user_email', 'user_activation_key'];
    expect(recognise([table('blog_users', columns)])[0]?.table).toBe('blog_users');
    expect(recognise([table('blog_users', ['id', 'name', 'email'])])).toEqual([]);
  });
});
