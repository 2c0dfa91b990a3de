import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { FastifyInstance } from 'fastify';
import { loadConnector } from '../../../connectors/index.ts';
import type { AppContext, OpenProvider } from '../../../src/app/context.ts';
import { openInbox } from '../../../src/app/push/inbox.ts';
import { connectorOptions } from '../../../src/domain/providers/columns.ts';
import { AppError } from '../../../src/kernel/errors.ts';
import { fitting, HOSTILE, junk, type Schema } from '../../support/json-schema.ts';
import { silentLogger } from '../../support/logger.ts';
import { api } from '../../../src/http/api/plugin.ts';
import { WHO_MAY } from '../../../src/http/api/who-may.ts';
import { problemSchema } from '../../../src/http/schemas/shapes.ts';
import { buildServer } from '../../../src/http/server.ts';
import { aPerson } from '../../support/a-person.ts';
import { apiParts } from '../../support/api-parts.ts';
import { anOperator, aToken, ORIGIN, signedIn } from '../../support/api.ts';
import { aProvider, createWorld, PEOPLE, people, type World } from '../../support/context.ts';

interface Operation {
  readonly name: string;
  readonly method: string;
  readonly path: string;
  readonly parameters: readonly { readonly name: string; readonly in: string; readonly schema: Schema }[];
  readonly body: Schema | null;
}

interface Document {
  readonly paths: Readonly<Record<string, Readonly<Record<string, RawOperation>>>>;
  readonly components: { readonly schemas: Readonly<Record<string, Schema>> };
}

interface RawOperation {
  readonly parameters?: Operation['parameters'];
  readonly requestBody?: { readonly content: Readonly<Record<string, { readonly schema: Schema }>> };
  readonly responses: Readonly<Record<string, unknown>>;
}

let world: World;
let server: FastifyInstance;
let document: Document;
const known: string[] = [];
let token = '';
let cookie = '';

/** As the composition root does: the kind of a definition decides. */
const openAnyKind: OpenProvider = async (definition, password) => {
  const open = await loadConnector(definition.connector);
  if (open === null)
    throw new AppError({ kind: 'invalid', code: 'CONNECTOR_UNKNOWN', message: 'no such kind' });
  const tools = {
    logger: silentLogger,
    resolve: (host: string) => Promise.resolve(host),
    locate: (file: string) => Promise.resolve(file),
    inbox: openInbox(world.context, definition.name),
  };
  return open({ ...connectorOptions(definition), password }, tools);
};

/** The document, before anything is connected: tests are made from it. */
const operations = await readOperations();

beforeAll(async () => {
  world = await createWorld(`${PEOPLE} ${people(3)}`);
  await aProvider(world);
  const person = await aPerson(world.context);
  known.push('acme-hr', person.id, person.username, person.email ?? '', 'registration', 'sv');
  const context: AppContext = { ...world.context, openProvider: openAnyKind };
  server = await buildServer(context, { plugins: [api(context, await apiParts())] });
  known.push(await anOperator(world.context, 'oda', 'viewer'));
  await anOperator(world.context, 'ada', 'admin');
  token = await aToken(world.context);
  const client = await signedIn(server, 'ada');
  cookie = client.cookie;
});
afterAll(async () => {
  await server.close();
  await world[Symbol.asyncDispose]();
});

async function readOperations(): Promise<readonly Operation[]> {
  const context = { settings: { publicUrl: ORIGIN, productName: 'Test' }, logger: console };
  const built = await buildServer(context as never, { plugins: [api(context as never)] });
  await built.ready();
  document = JSON.parse((await built.inject('/api/openapi.json')).body) as Document;
  await built.close();
  return Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, raw]) => ({
      name: `${method.toUpperCase()} ${path}`,
      method: method.toUpperCase(),
      path,
      parameters: raw.parameters ?? [],
      body: Object.values(raw.requestBody?.content ?? {})[0]?.schema ?? null,
    })),
  );
}

const resolve = { schemas: (): Readonly<Record<string, Schema>> => document.components.schemas, known };

interface Request {
  readonly url: string;
  readonly body: unknown;
}

function requestOf({ path, parameters, body }: Operation): fc.Arbitrary<Request> {
  const text = (value: unknown): string =>
    encodeURIComponent((typeof value === 'string' ? value : JSON.stringify(value)).toWellFormed());
  const places = fc.record(
    Object.fromEntries(
      parameters
        .filter((parameter) => parameter.in !== 'header')
        .map(({ name, schema, in: place }) => [
          name,
          place === 'path'
            ? fc.oneof(
                { weight: 3, arbitrary: fc.constantFrom(...known) },
                { weight: 1, arbitrary: fc.constantFrom(...HOSTILE) },
              )
            : fc.oneof(fc.constant(undefined), fitting(schema, resolve), junk),
        ]),
    ),
  );
  const bodies =
    body === null
      ? fc.constant(undefined)
      : fc.oneof({ weight: 3, arbitrary: fitting(body, resolve) }, { weight: 2, arbitrary: junk });
  return fc.tuple(places, bodies).map(([values, sent]) => {
    const inPath = path.replaceAll(/\{(\w+)\}/g, (_, name: string) => text(values[name]) || '%20');
    const query = parameters
      .filter((parameter) => parameter.in === 'query' && values[parameter.name] !== undefined)
      .map(({ name }) => `${name}=${text(values[name])}`);
    return { url: query.length === 0 ? inPath : `${inPath}?${query.join('&')}`, body: sent };
  });
}

/** Without these the test would lose its own access, or wait for a stream to end. */
const SPARED = new Set([
  'DELETE /api/v1/session',
  'GET /api/v1/runs/events',
  'GET /api/v1/runs/{id}/events',
  'POST /api/v1/session',
]);
const RUNS = 25;
let address = 0;

async function send(
  operation: Operation,
  { url, body }: Request,
): Promise<{ status: number; type: string; text: string }> {
  address += 1;
  const row = WHO_MAY[operation.name.replaceAll(/\{(\w+)\}/g, ':$1')];
  const byCookie = row !== 'anyone' && row !== undefined && 'scope' in row && row.scope === null;
  const credentials: Record<string, string> = byCookie
    ? { cookie, origin: ORIGIN }
    : { authorization: `Bearer ${token}` };
  const csv = operation.path.startsWith('/api/v1/imports');
  const response = await server.inject({
    method: operation.method as 'GET',
    url,
    remoteAddress: `10.${String((address >> 8) % 256)}.${String(address % 256)}.1`,
    headers: {
      ...credentials,
      ...(operation.method === 'PUT' ? { 'if-none-match': '*' } : {}),
      ...(body === undefined ? {} : { 'content-type': csv ? 'text/csv' : 'application/json' }),
    },
    ...(body === undefined ? {} : { payload: csv ? JSON.stringify(body) : JSON.stringify(body) }),
  });
  return {
    status: response.statusCode,
    type: String(response.headers['content-type'] ?? ''),
    text: response.body,
  };
}

describe.each(
  operations.filter(({ name }) => !SPARED.has(name)).map((operation) => [operation.name, operation] as const),
)('%s', (_, operation) => {
  it('answers good and bad requests as it says, and never breaks', async () => {
    await fc.assert(
      fc.asyncProperty(requestOf(operation), async (request) => {
        const { status, type, text } = await send(operation, request);
        if (status >= 500 && status !== 502)
          throw new Error(`${String(status)} ${text} for ${JSON.stringify(request)}`);
        if (status >= 400) {
          expect(type).toContain('application/problem+json');
          expect(problemSchema.parse(JSON.parse(text)).status).toBe(status);
        }
      }),
      { numRuns: RUNS },
    );
  });
});

describe('bodies', () => {
  const url = '/api/v1/tokens';
  const asked = async (payload: string | Buffer, type = 'application/json'): Promise<string> => {
    const headers = { cookie, origin: ORIGIN, 'content-type': type };
    const response = await server.inject({ method: 'POST', url, headers, payload });
    return `${String(response.statusCode)} ${(JSON.parse(response.body) as { code: string }).code}`;
  };

  it.each([
    ['not JSON', '{', '400 BODY_MALFORMED'],
    ['a comma too many', '{"name":"x",}', '400 BODY_MALFORMED'],
    ['a byte order mark', '\uFEFF{"name":"x"}', '400 BODY_MALFORMED'],
    ['500 levels', '['.repeat(500) + ']'.repeat(500), '400 BODY_MALFORMED'],
    ['__proto__', '{"name":"x","__proto__":{"admin":true}}', '400 BODY_MALFORMED'],
    ['__proto__ in escapes', '{"name":"x","__pr\\u006fto__":{"admin":true}}', '400 BODY_MALFORMED'],
    ['a key twice', '{"name":"x","name":"y","scopes":["everything"]}', '422 REQUEST_INVALID'],
    ['a number beyond all', '{"name":"x","scopes":["runs:read"],"days":1e400}', '422 REQUEST_INVALID'],
    ['an unknown key', '{"name":"x","scopes":["runs:read"],"isAdmin":true}', '422 REQUEST_INVALID'],
    ['nothing', '', '422 REQUEST_INVALID'],
    ['two megabytes', `"${'x'.repeat(2_000_000)}"`, '413 REQUEST_REFUSED'],
  ])('with %s are refused', async (_, payload, expected) => {
    expect(await asked(payload)).toBe(expected);
  });

  it('says every problem at once, and what an unknown key was meant to be', async () => {
    const headers = { cookie, origin: ORIGIN };
    const response = await server.inject({
      method: 'POST',
      url,
      headers,
      payload: { nam: 'x', scopes: [], days: 0 },
    });
    const { problems } = JSON.parse(response.body) as { problems: { path: string; remedy: string }[] };
    expect(problems.map(({ path }) => path).toSorted()).toEqual(['days', 'nam', 'name', 'scopes']);
    expect(problems.find(({ path }) => path === 'nam')?.remedy).toBe('Did you mean name?');
  });
});

describe('the document', () => {
  it('says for every operation who may, and how refusals look', () => {
    for (const [path, methods] of Object.entries(document.paths))
      for (const [method, raw] of Object.entries(methods)) {
        expect([method, path, Object.keys(raw.responses)]).toEqual([
          method,
          path,
          expect.arrayContaining(['4xx', '5xx'].map((each) => expect.stringMatching(new RegExp(each, 'i')))),
        ]);
        expect(WHO_MAY[`${method.toUpperCase()} ${path.replaceAll(/\{(\w+)\}/g, ':$1')}`]).toBeDefined();
      }
    expect(operations.length).toBe(Object.keys(WHO_MAY).length);
  });
});
