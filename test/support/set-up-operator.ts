import type { Page } from 'playwright-core';
import type { Tributary } from './tributary.ts';

/** The one-time link that the first start prints. */
export async function linkOfTheFirst({ server }: Tributary): Promise<string> {
  await server.waitFor(/\/console\/set-up#/);
  return /http\S+\/console\/set-up#\S+/.exec(server.lines.join('\n'))?.[0] ?? '';
}

/** The link for somebody new, by whoever is signed in on a page. */
export async function inviteOperator(page: Page, name: string, role: string): Promise<string> {
  return await page.evaluate(async (body) => {
    const headers = { 'content-type': 'application/json' };
    const made = await fetch('/api/v1/operators', { method: 'POST', headers, body });
    return ((await made.json()) as { link: string }).link;
  }, JSON.stringify({ name, role }));
}

/** Follows such a link to the console. @param name for the first operator, whose link knows none. */
export async function setUpOperator(
  page: Page,
  link: string,
  who: { readonly name?: string; readonly password: string },
): Promise<void> {
  await page.goto(link);
  if (who.name !== undefined) await page.getByLabel('Name').fill(who.name);
  await page.getByRole('textbox', { name: 'Password' }).first().fill(who.password);
  await page.getByLabel('The same again').fill(who.password);
  await page.getByRole('button', { name: /Begin|Set password/ }).click();
  await page.getByRole('navigation', { name: 'Sections' }).waitFor();
}
