import { describe, expect, it } from '@jest/globals';
import { removeOutdated } from '../../../src/app/operators/remove-outdated.ts';
import { makeToken } from '../../../src/app/passwords/make-token.ts';
import { aPerson } from '../../support/a-person.ts';
import { Browser, createHostedPages } from '../../support/hosted-pages.ts';

const PASSWORD = 'correct horse battery staple';
const WEEK = 7 * 24 * 3_600;

describe('removeOutdated', () => {
  it('removes what is over and leaves what counts', async () => {
    await using pages = await createHostedPages();
    const { context, server } = pages;
    const { id: profileId, username } = await aPerson(context, { password: PASSWORD });
    const query = async (sql: string): Promise<unknown[]> => await context.store.read.query(sql);
    for (let n = 0; n < 2; n += 1)
      await new Browser(server).post('/sign-in', { username, password: PASSWORD });
    await query(
      `UPDATE sessions SET expires_at = now() - interval '1 s' WHERE id = (SELECT min(id::text)::uuid FROM sessions)`,
    );
    for (const lifetimeSeconds of [-WEEK - 60, -60, 60])
      await context.store.transaction(
        async (tx) => await makeToken(context, tx, { purpose: 'first-password', profileId, lifetimeSeconds }),
      );
    await query(`INSERT INTO sign_in_attempts (key, failures, last_at) VALUES
      ('sign-in/account/${profileId}x', 40, now() - interval '1 year'),
      ('sign-in/account/unknown:x', 40, now() - interval '2 days'),
      ('sign-in/address/192.0.2.9', 40, now() - interval '2 days'),
      ('sign-in/address/192.0.2.8', 40, now())`);

    await removeOutdated(context);

    expect(await query('SELECT 1 FROM sessions')).toHaveLength(1);
    expect(await query('SELECT 1 FROM action_tokens')).toHaveLength(2);
    const left = (await query(
      `SELECT key FROM sign_in_attempts WHERE failures = 40 ORDER BY key`,
    )) as object[];
    expect(left).toEqual([{ key: `sign-in/account/${profileId}x` }, { key: 'sign-in/address/192.0.2.8' }]);
  });
});
