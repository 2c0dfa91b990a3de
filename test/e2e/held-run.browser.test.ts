import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startWorkers } from '../../jobs/start-workers.ts';
import { requestRun } from '../../src/app/runs/request-run.ts';
import { showRun } from '../../src/app/runs/show-run.ts';
import { openConsole, type ConsoleBrowser } from '../support/console-browser.ts';
import { aProvider, createWorld, PEOPLE, people, type World } from '../support/context.ts';
import { freePort } from '../support/processes.ts';
import { waitFor } from '../support/wait-for.ts';

/*
 * The alarm at night: a restore at the customer has lost half of the people. Whoever
 * is on duty finds the run that a safeguard holds, sees what it would do, rejects it,
 * has the cause mended, and brings everything back into step.
 */

let world: World;
let opened: ConsoleBrowser;
let workers: AsyncDisposable;
let page: ConsoleBrowser['page'];
let heldRun = '';

beforeAll(async () => {
  const port = await freePort();
  world = await createWorld(`${PEOPLE} ${people(120)}`, {
    publicUrl: `http://localhost:${String(port)}`,
  });
  await aProvider(world);
  workers = await startWorkers(world.context, {
    redisUrl: null,
    roles: { worker: true, scheduler: false },
    sendMail: () => Promise.resolve({ kind: 'sent' }),
    concurrency: 2,
  });
  await run('full');
  await world.source.query('CREATE TABLE lost AS SELECT * FROM people WHERE id > 60');
  await world.source.query('DELETE FROM people WHERE id > 60');
  await world.source.query(`UPDATE people SET first_name = 'Nova', dept = 'Sales' WHERE id = 7`);
  await world.source.query(`UPDATE people SET mail = 'not an address' WHERE id = 9`);
  heldRun = await run('full');
  opened = await openConsole({ context: world.context, port });
  ({ page } = opened);
});
afterAll(async () => {
  await opened[Symbol.asyncDispose]();
  await workers[Symbol.asyncDispose]();
  await world[Symbol.asyncDispose]();
});

/** As the schedule asks for it, until a worker has nothing left to do. */
async function run(kind: 'full'): Promise<string> {
  const cause = { kind: 'schedule' } as const;
  const { runId } = await requestRun(world.context, { provider: 'acme-hr', kind, cause });
  await waitFor(async () =>
    ['done', 'held', 'failed'].includes((await showRun(world.context, runId)).state) ? true : null,
  );
  return runId;
}

describe('a held run at night', () => {
  it('is the first thing on the overview', async () => {
    await opened.signIn('nora', 'admin');
    await page.getByText('This needs somebody').waitFor();
    await page.getByText('60 of 120 people would be disabled').waitFor();
    await page.getByRole('img', { name: /People, by runs\. New: 120/ }).waitFor();
    await opened.look();
    await page.getByRole('link', { name: 'A run of acme-hr is held by a safeguard' }).click();
    await page.getByRole('heading', { name: 'Full run of acme-hr' }).waitFor();
  });

  it('shows what it would do, record by record and field by field', async () => {
    await page.getByText('A safeguard holds this run').waitFor();
    await page.getByRole('table', { name: 'Records' }).waitFor();
    await opened.look();
    await page.getByRole('combobox', { name: 'What' }).click();
    await page.getByRole('option', { name: 'update (1)' }).click();
    await page.waitForURL('**action=update**');
    const changed = page.getByRole('table', { name: 'Fields' });
    await changed.getByText('Nova').waitFor();
    expect(await changed.getByRole('row').allInnerTexts()).toEqual(
      expect.arrayContaining([expect.stringMatching(/givenName\s+\S+\s+→ Nova/)]),
    );
    await page.reload();
    await page.getByRole('table', { name: 'Fields' }).getByText('Nova').waitFor();
    await page.getByRole('button', { name: 'Download' }).click();
    const file = page.waitForEvent('download');
    await page.getByRole('menuitem', { name: 'NDJSON, for programs' }).click();
    expect((await file).suggestedFilename()).toBe(`run-${heldRun}-records.ndjson`);
  });

  it('is rejected by whoever types its name, and nobody was disabled', async () => {
    await page.getByRole('button', { name: 'Reject …' }).click();
    const dialog = page.getByRole('dialog', { name: 'Reject this plan' });
    await dialog.waitFor();
    await opened.look();
    expect(await dialog.getByRole('button', { name: 'Reject' }).isDisabled()).toBe(true);
    await dialog.getByLabel('Type acme-hr to confirm').fill('acme-hr');
    await dialog.getByRole('button', { name: 'Reject' }).click();
    await dialog.waitFor({ state: 'detached' });
    await page.getByText('decided by nora').first().waitFor();
    const [row] = await world.context.store.read.query<{ enabled: number }[]>(
      'SELECT count(*)::int AS enabled FROM profiles WHERE enabled',
    );
    expect(row?.enabled).toBe(120);
  });

  it('is followed by one that does what is right, once the cause is mended', async () => {
    await world.source.query('INSERT INTO people SELECT * FROM lost');
    await page.getByRole('link', { name: 'acme-hr', exact: true }).first().click();
    await page.getByRole('heading', { name: 'acme-hr' }).waitFor();
    await page.getByRole('button', { name: 'Sync' }).click();
    await page.getByRole('menuitem', { name: /^Full run/ }).click();
    await page.getByRole('heading', { name: 'Full run of acme-hr' }).waitFor();
    await page.getByText('done', { exact: true }).first().waitFor();
    await page.getByRole('tab', { name: 'Cannot be used (1)' }).click();
    const faulty = page.getByRole('table', { name: 'Records that cannot be used' });
    await faulty.getByText('EMAIL_INVALID').waitFor();
    await opened.look();
  });

  it('leaves a record that is tried again when it is mended', async () => {
    await world.source.query(`UPDATE people SET mail = 'nine@example.org' WHERE id = 9`);
    await page.getByRole('button', { name: 'Try again: record 9' }).click();
    await page.getByText('Done: it can be used now.').waitFor();
    await page.getByText('No record is left that could not be used.').waitFor();
    await page.getByRole('link', { name: 'Overview', exact: true }).click();
    await page.getByText('Nothing waits for you').waitFor();
  });

  it('stands in the audit log with whoever decided it', async () => {
    await page.getByRole('link', { name: 'Audit log' }).click();
    await page.getByLabel('Did what').fill('run.reject');
    await page.waitForURL('**action=run.reject**');
    const row = page.getByRole('row').filter({ hasText: 'run.reject' });
    await row.waitFor();
    expect(await row.innerText()).toMatch(new RegExp(`nora\\s+run\\.reject\\s+${heldRun}`));
    await page.getByRole('button', { name: 'Verify the chain' }).click();
    await page.getByText('The chain is intact').waitFor();
    await opened.look();
  });

  it('never made the browser or axe complain', () => {
    expect(opened.complaints).toEqual([]);
    expect(opened.violations).toEqual([]);
  });
});
