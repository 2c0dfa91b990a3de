import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { FastifyInstance } from 'fastify';
import { aToken, Client, openApi, type Sent } from '../../support/api.ts';
import { createWorld, type World } from '../../support/context.ts';

let world: World;
let server: FastifyInstance;
let client: Client;

beforeAll(async () => {
  world = await createWorld();
  server = await openApi(world.context);
  client = Client.withToken(server, await aToken(world.context));
});
afterAll(async () => {
  await server.close();
  await world[Symbol.asyncDispose]();
});

async function send(path: string, csv: string): Promise<Sent> {
  return await client.send('POST', `/api/v1/imports${path}`, {
    body: csv,
    headers: { 'content-type': 'text/csv' },
  });
}

const chosen = (columns: object): string => `columns=${encodeURIComponent(JSON.stringify(columns))}`;

const ROSTER = 'Förnamn;Efternamn;E-post;Avdelning;Lösenord;Anm\nÅsa;Öberg;asa@acme.test;IT;hemligt;x\n';

describe('a file of somebody else’s making', () => {
  it('is looked at: its columns, and what they most likely hold, without passwords', async () => {
    const { body } = await send('/columns', ROSTER + 'cut off in the mid');
    expect(body).toMatchObject({
      columns: [
        { name: 'Förnamn', samples: ['Åsa', 'cut off in the mid'] },
        { name: 'Efternamn', samples: ['Öberg'] },
        { name: 'E-post' },
        { name: 'Avdelning' },
        { name: 'Lösenord', passwords: true, samples: [] },
        { name: 'Anm' },
      ],
      suggestion: {
        username: 'E-post',
        email: 'E-post',
        givenName: 'Förnamn',
        familyName: 'Efternamn',
        'attributes.department': 'Avdelning',
      },
    });
    expect((await send('/columns', '')).body).toMatchObject({ status: 422, code: 'CSV_INVALID' });
  });

  it('is checked and entered by the columns that were chosen', async () => {
    const columns = { username: 'E-post', email: 'E-post', displayName: 'Förnamn' };
    const rows = `${ROSTER}Bo;Ek;nobody;IT;x;y\nshort;row\n`;
    const { body } = await send(`/preview?${chosen(columns)}`, rows);
    expect(body).toMatchObject({
      rows: 3,
      good: 1,
      refused: 2,
      problems: [
        { path: 'line 3, column email', code: 'EMAIL_INVALID' },
        { path: 'line 4', code: 'COLUMN_COUNT', message: 'has 2 values, and the header 6' },
      ],
      people: [{ line: 2, username: 'asa@acme.test' }],
    });
    const wrong = await send(`/preview?${chosen({ username: 'Namn', temporaryPassword: 'Lösenord' })}`, rows);
    expect(wrong.body).toMatchObject({
      code: 'IMPORT_REFUSED',
      problems: [
        { path: 'line 1, column Namn', code: 'COLUMN_MISSING' },
        { path: 'line 1, column Lösenord', code: 'PASSWORD_COLUMN_REFUSED' },
      ],
    });
    expect((await send('/preview?columns=%5B1%5D', rows)).status).toBe(422);
    const entered = await send(`?partial=true&${chosen(columns)}`, rows);
    expect(entered.body).toMatchObject({ created: 1, refused: 2 });
    const { body: page } = await client.get('/api/v1/profiles?text=asa@acme.test');
    expect(page).toMatchObject({ items: [{ username: 'asa@acme.test', displayName: 'Åsa' }] });
  });

  it('is entered with word of how far it is, and of what came of it', async () => {
    const people = Array.from({ length: 2_500 }, (_, at) => `p${String(at)},p${String(at)}@acme.test,yes`);
    const csv = ['username,email,preRegistration', ...people].join('\n');
    const lines = ({ body }: Sent): readonly Record<string, unknown>[] =>
      (body as string)
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line) as Record<string, unknown>);
    const told = lines(await send('?progress=true&hold=true', csv));
    expect(told[0]).toMatchObject({ progress: { phase: 'reading', total: null } });
    expect(
      told.some(({ progress }) => (progress as { phase?: string } | undefined)?.phase === 'entering'),
    ).toBe(true);
    expect(told.at(-1)).toMatchObject({ report: { created: 2_500, emails: 2_500, problems: [] } });
    expect((await client.get('/api/v1/emails?state=held&limit=1')).body).toMatchObject({
      items: [{ state: 'held' }],
    });
    const again = lines(await send('?progress=true', csv));
    expect(again.at(-1)).toMatchObject({ problem: { status: 422, code: 'IMPORT_REFUSED' } });
    // A stream is not remembered for a repetition; the request is carried out anew.
    const keyed = { 'content-type': 'text/csv', 'idempotency-key': 'one' };
    const once = async (): Promise<Sent> =>
      await client.send('POST', '/api/v1/imports?progress=true&partial=true', { body: csv, headers: keyed });
    for (const answer of [await once(), await once()])
      expect(lines(answer).at(-1)).toMatchObject({ report: { created: 0, refused: 2_500 } });
  });
});
