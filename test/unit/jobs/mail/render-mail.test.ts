import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { Secret } from '../../../../connectors/contract/secret.ts';
import { MailRenderer } from '../../../../jobs/mail/render-mail.ts';
import type { RenderedMail } from '../../../../src/app/mail/mail-desk.ts';
import type { OutgoingMail } from '../../../../src/app/mail/send-mail.ts';

const LINK = `https://access.example/password/first?token=${'Ab3_'.repeat(16)}`;
const KINDS = ['registration', 'password-reset', 'password-set'] as const;

async function render(
  mail: Partial<OutgoingMail> = {},
  templatesDirectory: string | null = null,
): Promise<RenderedMail> {
  const renderer = new MailRenderer({
    productName: 'Access & Co',
    publicUrl: 'https://access.example',
    templatesDirectory,
  });
  return await renderer.render({
    id: '0',
    kind: 'registration',
    to: 'ada@people.example',
    locale: null,
    name: 'Ada',
    username: 'ada',
    link: mail.kind === 'password-set' ? null : new Secret(LINK),
    linkValidUntil: mail.kind === 'password-set' ? null : new Date('2026-11-27T15:28:00Z'),
    ...mail,
  });
}

describe.each(KINDS)('a mail of kind %s', (kind) => {
  it.each([
    [null, 'en'],
    ['sv', 'sv'],
    ['sv-FI', 'sv'],
    ['de-DE', 'en'],
    ['../../etc', 'en'],
  ])('for locale %s is written in %s', async (locale, language) => {
    const mail = await render({ kind, locale });
    expect(mail.language).toBe(language);
    expect(mail.html).toContain(`lang="${language}"`);
    expect(mail.text).toContain(language === 'sv' ? 'Hej Ada!' : 'Hello Ada,');
    expect(mail.subject).toMatch(/^[^\r\n]+ Access & Co/);
  });

  it('says the same in text as in HTML, and loads nothing from anywhere', async () => {
    const mail = await render({ kind });
    const wanted = kind === 'password-set' ? 'https://access.example/password/forgot' : LINK;
    expect(mail.text).toContain(wanted);
    expect(mail.html).toContain(`href="${wanted}"`);
    expect(mail.html).not.toMatch(/<img|<script|<link|src=|url\(|@import/i);
    expect(mail.html).not.toContain('undefined');
  });

  it('needs no name', async () => {
    expect((await render({ kind, name: null })).text).toMatch(/^Hello,/);
  });
});

it('escapes in HTML what comes from outside, and not in text', async () => {
  const username = `<img src=x onerror="alert(1)">{{ link }}`;
  const mail = await render({ username });
  expect(mail.html).not.toContain('<img');
  expect(mail.html).toContain('&lt;img');
  expect(mail.html).toContain('Access &amp; Co');
  expect(mail.text).toContain(username);
});

it('says until when the link works, in a time zone that it names', async () => {
  expect((await render()).text).toContain('November 27, 2026 at 15:28 UTC');
  expect((await render({ locale: 'sv' })).text).toContain('27 november 2026 kl. 15:28 UTC');
});

it('has every template in every language', async () => {
  const folder = join(import.meta.dirname, '../../../../jobs/mail/templates');
  const languages = (await readdir(folder, { withFileTypes: true })).filter((entry) => entry.isDirectory());
  for (const { name } of languages)
    expect((await readdir(join(folder, name))).toSorted()).toEqual(
      KINDS.flatMap((kind) => ['html', 'subject', 'text'].map((part) => `${kind}.${part}.liquid`)).toSorted(),
    );
});

describe('a folder of templates', () => {
  it('replaces ours file by file, adds languages, and cannot loop for ever', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'templates-'));
    try {
      await mkdir(join(folder, 'en'));
      await mkdir(join(folder, 'de'));
      await writeFile(
        join(folder, 'en/registration.subject.liquid'),
        'Welcome, {{ username }}\nBcc: x@y.example',
      );
      for (const part of ['subject', 'text', 'html'])
        await writeFile(join(folder, `de/registration.${part}.liquid`), 'Hallo {{ name }}');
      const english = await render({}, folder);
      expect(english.subject).toBe('Welcome, ada Bcc: x@y.example');
      expect(english.text).toContain('Hello Ada,');
      expect((await render({ locale: 'de-AT' }, folder)).text).toBe('Hallo Ada');
      await writeFile(
        join(folder, 'de/registration.text.liquid'),
        '{% for a in (1..1000000) %}{% for b in (1..1000000) %}x{% endfor %}{% endfor %}',
      );
      await expect(render({ locale: 'de' }, folder)).rejects.toThrow();
    } finally {
      await rm(folder, { recursive: true });
    }
  });
});
