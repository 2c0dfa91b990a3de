import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { storeCaptured } from '../../../src/app/mail/captured-mailbox.ts';
import { buildServer } from '../../../src/http/server.ts';
import { newId } from '../../../src/kernel/ids.ts';
import { pages as hostedPages } from '../../../src/pages/plugin.ts';
import { createHostedPages, type HostedPages } from '../../support/hosted-pages.ts';

const MAIL = {
  id: newId(),
  at: '2026-03-02T09:30:00.000Z',
  to: 'freja@example.org',
  from: 'no-reply@localhost',
  subject: 'Hello <b>Freja</b>',
  text: 'Hello',
  html: '<!doctype html><html lang="en"><head><title>Hello</title></head><body><script>alert(1)</script>Hello</body></html>',
  headers: {},
};

let pages: HostedPages;

beforeAll(async () => {
  pages = await createHostedPages();
  await storeCaptured(pages.mailDirectory, MAIL);
});

afterAll(async () => {
  await pages[Symbol.asyncDispose]();
});

describe('the mailbox', () => {
  it('lists captured mail as a page and as JSON', async () => {
    const page = await pages.server.inject('/mailbox');
    expect(page.body).toContain('Hello &lt;b&gt;Freja&lt;/b&gt;');
    expect((await pages.server.inject('/mailbox.json')).json()).toEqual([MAIL]);
  });

  it('shows a mail in a frame in which nothing runs', async () => {
    const page = await pages.server.inject(`/mailbox/${MAIL.id}`);
    expect(page.body).toContain('sandbox="allow-popups allow-popups-to-escape-sandbox"');
    const mail = await pages.server.inject(`/mailbox/${MAIL.id}/html`);
    expect(mail.headers['content-security-policy']).toContain("default-src 'none'");
    expect(mail.headers['content-security-policy']).toMatch(/sandbox (?!.*allow-scripts)/);
    expect(mail.headers['x-frame-options']).toBe('SAMEORIGIN');
    expect(mail.body).toContain('<head><base target="_blank">');
  });

  it.each(['..%2f..%2fsecret.key', 'x', newId()])('has nothing for the id %s', async (id) => {
    const response = await pages.server.inject(`/mailbox/${id}`);
    expect([response.statusCode, response.headers['content-type']]).toEqual([
      404,
      'text/html; charset=utf-8',
    ]);
  });

  it('is not there when mail is really sent', async () => {
    const server = await buildServer(pages.context, {
      plugins: [hostedPages(pages.context, { mailDirectory: null })],
    });
    for (const path of ['/mailbox', '/mailbox.json', `/mailbox/${MAIL.id}`])
      expect((await server.inject(path)).statusCode).toBe(404);
    await server.close();
  });
});
