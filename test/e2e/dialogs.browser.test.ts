import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { carryOutRun } from '../../src/app/runs/carry-out-run.ts';
import { requestRun } from '../../src/app/runs/request-run.ts';
import { createOperator } from '../../src/app/operators/create-operator.ts';
import { Secret } from '../../connectors/contract/secret.ts';
import { newId } from '../../src/kernel/ids.ts';
import { aPerson } from '../support/a-person.ts';
import { openConsole, type ConsoleBrowser } from '../support/console-browser.ts';
import { aProvider, createWorld, PEOPLE, people, type World } from '../support/context.ts';
import { freePort } from '../support/processes.ts';

/*
 * Every dialog of the console, opened, looked at in both schemes and at both widths, and left.
 */

const DIALOG = '[role=dialog]';

let world: World;
let opened: ConsoleBrowser;
let page: ConsoleBrowser['page'];
let heldRun = '';
let somebody = '';

beforeAll(async () => {
  const port = await freePort();
  world = await createWorld(`${PEOPLE} ${people(60)}`, { publicUrl: `http://localhost:${String(port)}` });
  const providerId = await aProvider(world);
  await run();
  await world.source.query('DELETE FROM people WHERE id > 20');
  heldRun = await run();
  const pushed = { connection: {}, source: { key: ['id'] }, changes: { mode: 'push' as const } };
  await aProvider(world, { name: 'partners', connector: 'push', ...pushed });
  const person = await aPerson(world.context, { preRegistration: true });
  somebody = person.id;
  await leaveTraces(providerId);
  await createOperator(world.context, {
    name: 'olof',
    role: 'support',
    password: new Secret('correct horse battery staple'),
    actor: 'test',
  });
  opened = await openConsole({ context: world.context, port });
  ({ page } = opened);
  await opened.signIn('nora', 'admin');
});
afterAll(async () => {
  await opened[Symbol.asyncDispose]();
  await world[Symbol.asyncDispose]();
});

async function run(): Promise<string> {
  const cause = { kind: 'system' } as const;
  const { runId } = await requestRun(world.context, { provider: 'acme-hr', kind: 'full', cause });
  await carryOutRun(world.context, runId, { owner: newId(), signal: new AbortController().signal });
  return runId;
}

/** A session, a conflict of passwords and a token. */
async function leaveTraces(providerId: string): Promise<void> {
  const { read } = world.context.store;
  await read.query(
    `INSERT INTO sessions (id, token_hash, profile_id, expires_at) VALUES ($1, 'x', $2, now() + interval '1 h')`,
    [newId(), somebody],
  );
  await read.query(
    `INSERT INTO write_backs (id, provider_id, profile_id, record_key, hash, state, error_code, error, finished_at)
     VALUES ($1, $2, $3, '1', 'x', 'conflict', 'PASSWORD_CHANGED', 'the password was changed at the provider meanwhile', now())`,
    [newId(), providerId, somebody],
  );
}

type Step = readonly [role: 'button' | 'menuitem' | 'tab', name: string | RegExp];

async function open(place: string, steps: readonly Step[]): Promise<void> {
  const at = `${world.context.settings.publicUrl}/console${place}`;
  if (page.url() !== at) await page.goto(at);
  for (const [role, name] of steps) await page.getByRole(role, { name }).first().click();
  await page.locator(DIALOG).waitFor();
}

async function leave(): Promise<void> {
  await page.keyboard.press('Escape');
  await page.locator(DIALOG).waitFor({ state: 'detached' });
}

const many = (action: string): readonly Step[] => [
  ['button', 'With everybody …'],
  ['menuitem', `${action} …`],
];
const olof = (action: string): readonly Step[] => [
  ['button', 'What to do with olof'],
  ['menuitem', action],
];

type Dialog = readonly [name: string, about: readonly [() => string, readonly Step[], string | RegExp]];

/** What it is for, where it is, what opens it, and what it says. */
const WHERE: readonly (readonly [string, ...Dialog[1]])[] = [
  ['approve a plan', () => `/runs/${heldRun}`, [['button', 'Approve …']], '40 will be disabled'],
  ['reject a plan', () => `/runs/${heldRun}`, [['button', 'Reject …']], 'Nothing is done.'],
  ['send new links', () => '/people', many('Send new links'), /^This concerns/],
  ['hold invitations', () => '/people', many('Hold invitations'), /^This concerns/],
  ['release invitations', () => '/people', many('Release invitations'), /^This concerns/],
  ['force resets', () => '/people', many('Force a password reset'), /^This concerns/],
  ['take resets back', () => '/people', many('Take forced resets back'), /^This concerns/],
  ['change somebody', () => `/people/${somebody}`, [['button', 'Change …']], 'A link that was sent'],
  ['disable somebody', () => `/people/${somebody}`, [['button', /^Disable/]], 'Signed out everywhere'],
  ['show sessions', () => `/people/${somebody}`, [['button', 'Show sessions']], /ago|in 1 hour|minutes/],
  ['sign somebody out', () => `/people/${somebody}`, [['button', 'Sign out everywhere …']], 'Every session'],
  ['settle a conflict', () => '/write-backs', [['button', /^Settle/]], 'Whose password counts?'],
  ['send failed mail again', () => '/mail', [['button', 'Try all failed again']], 'Addresses that were'],
  ['do work again', () => '/work', [['button', 'Try all again']], 'E-mails and passwords are'],
  ['invite an operator', () => '/operators', [['button', /^Invite/]], 'Role'],
  ['sessions of an operator', () => '/operators', olof('Sessions …'), /session|nowhere/i],
  ['a new link', () => '/operators', olof('New one-time link …'), 'An earlier link stops working'],
  ['disable an operator', () => '/operators', olof('Disable …'), 'Enabling them brings none'],
  ['a new token', () => '/tokens', [['button', 'New token']], 'Scopes'],
  ['the file for git', () => '/providers/acme-hr?tab=settings', [['button', 'The file for git']], 'Command'],
  ['rights', () => '/providers/acme-hr?tab=settings', [['button', /^Rights it needs/]], 'GRANT SELECT'],
  [
    'remove a provider',
    () => '/providers/acme-hr?tab=settings',
    [['button', 'Remove …']],
    'They are disabled',
  ],
  ['a new key', () => '/providers/partners', [['button', 'Make a new key …']], 'stays good for 24 hours'],
  ['the keyboard', () => '/providers', [['button', 'Keyboard']], 'Providers'],
  ['go to', () => '/providers', [['button', 'Go to']], 'partners'],
];

const DIALOGS = WHERE.map(([name, ...about]): Dialog => [name, about]);

describe('each dialog', () => {
  it.each(DIALOGS)('to %s can be read by everybody, and left', async (_, [place, steps, says]) => {
    await open(place(), steps);
    await page.locator(DIALOG).getByText(says).first().waitFor();
    await opened.look(DIALOG);
    await leave();
  });

  it('to begin the wizard anew can be left, too', async () => {
    await open('/register', [['button', 'Begin anew']]);
    await opened.look(DIALOG);
    await page.getByRole('button', { name: 'Go on' }).click();
    await page.locator(DIALOG).waitFor({ state: 'detached' });
  });

  it('to save a provider shows what changes', async () => {
    await page.goto(`${world.context.settings.publicUrl}/console/providers/acme-hr?tab=schedule`);
    await page.getByRole('combobox', { name: 'Read everything' }).click();
    await page.getByRole('option', { name: 'every hour' }).click();
    await page.getByRole('button', { name: 'Review the changes' }).click();
    await page.locator(DIALOG).getByText('changes.full').first().waitFor();
    await opened.look(DIALOG);
    await leave();
  });

  it('with a link in it leads there', async () => {
    await open('/write-backs', [['button', /^Settle/]]);
    await page.locator(DIALOG).getByRole('link').click();
    await page.waitForURL(`**/people/${somebody}`);
    await page.locator(DIALOG).waitFor({ state: 'detached' });
  });

  it('and each field lets ⌘K through', async () => {
    await open('/tokens', [['button', 'New token']]);
    await page.locator(DIALOG).getByRole('textbox').first().focus();
    await page.keyboard.press('Control+k');
    await page.getByRole('dialog', { name: 'Go to' }).waitFor();
    await page.keyboard.type('partn');
    await page.keyboard.press('Enter');
    await page.waitForURL('**/providers/partners');
  });

  it('is without fault', () => {
    expect(opened.violations).toEqual([]);
    expect(opened.complaints).toEqual([]);
  });
});
