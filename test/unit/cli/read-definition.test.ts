import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { parseDefinition, readDefinition } from '../../../src/cli/read-definition.ts';
import { readDocument } from '../../../src/http/providers/definition-body.ts';
import { AppError } from '../../../src/kernel/errors.ts';

const GOOD = `
name: acme-hr
connector: postgres
connection:
  host: db.acme.example
  database: \${ACME_DB}
  user: tributary
  password: \${ACME_PASSWORD}
source: { table: public.users, key: [id], where: "code <> '\${ACME_DB}'" }
mapping: { username: login }
`;

function parse(
  text: string,
  environment: Record<string, string> = { ACME_DB: 'hr', ACME_PASSWORD: 's3cret' },
) {
  return parseDefinition(text, { path: 'acme.yaml', environment, scope: 'whole' });
}

function refusal(work: () => unknown): AppError {
  try {
    work();
  } catch (error) {
    if (error instanceof AppError) return error;
    throw error;
  }
  throw new Error('nothing was refused');
}

describe('a definition from a file', () => {
  it('takes variables in the connection, and nowhere else', () => {
    const { definition, password } = parse(GOOD);
    expect(definition.connection).toMatchObject({ database: 'hr' });
    expect(password?.reveal()).toBe('s3cret');
    expect(definition.source.where).toBe("code <> '${ACME_DB}'");
  });

  it('names every variable that is not set, beside every other problem', () => {
    const error = refusal(() => parse(GOOD.replace('mapping: { username: login }', 'mapping: {}'), {}));
    expect(error.code).toBe('DEFINITION_INVALID');
    expect(error.problems.map(({ path, code }) => `${path}: ${code}`)).toEqual([
      'connection.database: VARIABLE_MISSING',
      'connection.password: VARIABLE_MISSING',
      'mapping.username: MISSING',
    ]);
    expect(error.problems[0]?.message).toContain('ACME_DB');
  });

  it('tells of expressions and formats beside every other problem, also in what a template says', () => {
    const text = `
name: Acme HR
connector: postgres
template: django
connection: { host: db.acme.example, database: hr, user: t, password: pw, hots: x }
mapping:
  email: { column: email, transform: [trim, lowr] }
  displayName: { expression: "record.first_name +", defualt: x }
  enabled: { expression: "record.password" }
  attributes: { nick: { expression: "record.x.matches('a')" }, long: { expression: "${'x'.repeat(5000)}" } }
password:
  forceReset: { expression: "1 + 1" }
  format: md6
  writeBack: { format: md5-hex }
`;
    const { problems } = refusal(() => parse(text));
    expect(problems.map(({ path, code }) => `${path}: ${code}`).toSorted()).toEqual([
      'connection.hots: UNKNOWN_KEY',
      'mapping.attributes.long.expression: OUT_OF_BOUNDS',
      'mapping.attributes.nick.expression: EXPRESSION_INVALID',
      'mapping.displayName.defualt: UNKNOWN_KEY',
      'mapping.displayName.expression: EXPRESSION_INVALID',
      'mapping.email.transform[1]: VALUE_NOT_ALLOWED',
      'mapping.enabled.expression: PASSWORD_COLUMN_MAPPED',
      'name: VALUE_INVALID',
      'password.forceReset.expression: EXPRESSION_INVALID',
      'password.format: FORMAT_UNKNOWN',
      'password.writeBack.format: FORMAT_WEAK',
    ]);
    expect(() => readDocument({ mapping: { enabled: { expression: '1' } } })).toThrow(
      expect.objectContaining({
        problems: expect.arrayContaining([
          expect.objectContaining({ path: 'name' }),
          expect.objectContaining({ path: 'mapping.enabled.expression' }),
        ]),
      }),
    );
  });

  it('never expands what a variable holds', () => {
    const { password } = parse(GOOD, { ACME_DB: 'hr', ACME_PASSWORD: '${ACME_DB}$&' });
    expect(password?.reveal()).toBe('${ACME_DB}$&');
  });

  it('says at which line the syntax is wrong', () => {
    const error = refusal(() => parse('name: a\nconnector: [x\n'));
    expect(error.problems[0]?.path).toMatch(/^line [23], column \d+$/);
  });

  it.each([
    ['duplicate keys', 'name: a\nname: b\n'],
    ['tags', 'name: !!js/function "x"\n'],
    ['a second document', 'name: a\n---\nname: b\n'],
  ])('refuses %s', (_, text) => {
    expect(refusal(() => parse(text)).problems).not.toHaveLength(0);
  });

  it('refuses aliases that unfold into a flood', () => {
    const levels = Array.from({ length: 9 }, (_, n) => `l${n + 1}: &l${n + 1} [${`*l${n},`.repeat(9)}]`);
    expect(refusal(() => parse(`l0: &l0 [x]\n${levels.join('\n')}\n`)).code).toBe('DEFINITION_INVALID');
  });
});

describe('the file itself', () => {
  let folder = '';
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'tributary-definition-'));
  });
  afterAll(async () => {
    await rm(folder, { recursive: true, force: true });
  });

  async function codeOf(name: string, bytes: Buffer | null): Promise<string> {
    const path = join(folder, name);
    if (bytes !== null) await writeFile(path, bytes);
    const error: unknown = await readDefinition(path, {}).catch((thrown: unknown) => thrown);
    return error instanceof AppError ? error.code : String(error);
  }

  it('has to exist, be small, and be text', async () => {
    expect(await codeOf('none.yaml', null)).toBe('FILE_NOT_READABLE');
    expect(await codeOf('.', null)).toBe('FILE_NOT_READABLE');
    expect(await codeOf('large.yaml', Buffer.alloc(1_000_001, '#'))).toBe('FILE_TOO_LARGE');
    expect(await codeOf('latin1.yaml', Buffer.from([0x6e, 0xe4]))).toBe('FILE_NOT_TEXT');
    expect(await codeOf('empty.yaml', Buffer.alloc(0))).toBe('DEFINITION_INVALID');
  });
});
