import { expect, it } from '@jest/globals';
import { aPerson } from '../../support/a-person.ts';
import { Browser, createHostedPages, tokenOf } from '../../support/hosted-pages.ts';

it('asks for as many characters as the installation is set to', async () => {
  await using pages = await createHostedPages({ passwordMinimum: 9 });
  const { id } = await aPerson(pages.context, { preRegistration: true });
  const token = await tokenOf(pages, { profileId: id, purpose: 'first-password' });
  const browser = new Browser(pages.server);
  expect((await browser.get(`/password/first?token=${token}`)).body).toContain('At least 9 characters');
  const send = async (password: string): Promise<number> =>
    (await browser.post('/password/first', { password, passwordAgain: password, token })).statusCode;
  expect(await send('brass ket')).not.toBe(422);
  const short = await aPerson(pages.context, { preRegistration: true });
  const other = await tokenOf(pages, { profileId: short.id, purpose: 'first-password' });
  const refused = await browser.post('/password/first', {
    password: 'brass ke',
    passwordAgain: 'brass ke',
    token: other,
  });
  expect([refused.statusCode, refused.body]).toEqual([
    422,
    expect.stringContaining('Use 9 characters or more'),
  ]);
});
