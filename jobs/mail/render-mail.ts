import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Liquid, type LiquidOptions } from 'liquidjs';
import { paletteOf } from '../../src/domain/appearance/palette.ts';
import type { MailTemplate, RenderedMail } from '../../src/app/mail/mail-desk.ts';
import type { OutgoingMail } from '../../src/app/mail/send-mail.ts';

export interface RenderOptions {
  readonly productName: string;
  readonly publicUrl: string;
  /** Templates found here come before ours, file by file; a folder named after a language adds it. Null: ours only. */
  readonly templatesDirectory: string | null;
  /** `#rrggbb`; absent or null: the built-in one. */
  readonly accentColour?: string | null;
}

const KINDS = [
  'registration',
  'password-reset',
  'password-set',
] as const satisfies readonly OutgoingMail['kind'][];
const PARTS = ['subject', 'text', 'html'] as const;
const OURS = fileURLToPath(new URL('templates', import.meta.url));
const DEFAULT_LANGUAGE = 'en';
const DEFAULT_ACCENT = '#0f5c6e';

/**
 * Templates are written by administrators: a loop without end must not take the process with it.
 * By the clock, with room for a machine that has nothing to spare.
 */
const LIMITS = { parseLimit: 1e6, renderLimit: 5_000, memoryLimit: 1e7 };

/** Renders e-mails from templates. Reads the folders' names once; templates are parsed when first used. */
export class MailRenderer {
  readonly #options: RenderOptions;
  readonly #roots: readonly string[];
  readonly #languages: ReadonlySet<string>;
  readonly #html: Liquid;
  readonly #text: Liquid;

  constructor(options: RenderOptions) {
    this.#options = options;
    const { templatesDirectory } = options;
    this.#roots = templatesDirectory === null ? [OURS] : [templatesDirectory, OURS];
    this.#languages = new Set(this.#roots.flatMap(foldersIn));
    const common: LiquidOptions = {
      root: [...this.#roots],
      cache: true,
      strictFilters: true,
      strictVariables: true,
      lenientIf: true,
      ownPropertyOnly: true,
      // For every template, also for those that `render` shows apart: `colours.light.fill`.
      globals: { colours: paletteOf(options.accentColour ?? DEFAULT_ACCENT) },
      ...LIMITS,
    };
    this.#html = new Liquid({ ...common, outputEscape: 'escape' });
    this.#text = new Liquid(common);
  }

  /** Every e-mail in every language that has all of its words. */
  templates(): readonly MailTemplate[] {
    const own = this.#options.templatesDirectory;
    return [...this.#languages].toSorted().flatMap((language) =>
      KINDS.flatMap((kind) => {
        const files = PARTS.map((part) => `${language}/${kind}.${part}.liquid`);
        if (!files.every((file) => this.#roots.some((root) => existsSync(join(root, file))))) return [];
        const isOwn = own !== null && files.some((file) => existsSync(join(own, file)));
        return [{ kind, language, origin: isOwn ? ('own' as const) : ('built-in' as const) }];
      }),
    );
  }

  /** The same mail renders the same each time. Rejects when a template is not in order. */
  async render(mail: OutgoingMail): Promise<RenderedMail> {
    const language = this.#languageFor(mail.locale);
    const values = this.#values(mail, language);
    const subject = await fill(this.#text, `${language}/${mail.kind}.subject.liquid`, values);
    const text = await fill(this.#text, `${language}/${mail.kind}.text.liquid`, values);
    const html = await fill(this.#html, `${language}/${mail.kind}.html.liquid`, values);
    return { language, subject: oneLine(subject), text: text.trimStart(), html };
  }

  /** The person's language, else the language without its region, else English. */
  #languageFor(locale: string | null): string {
    const wanted = [locale?.toLowerCase(), locale?.split('-')[0]?.toLowerCase()];
    return (
      wanted.find((language) => language !== undefined && this.#languages.has(language)) ?? DEFAULT_LANGUAGE
    );
  }

  #values(mail: OutgoingMail, language: string): Record<string, unknown> {
    return {
      language,
      product: this.#options.productName,
      home: this.#options.publicUrl,
      forgot: `${this.#options.publicUrl}/password/forgot`,
      name: mail.name,
      username: mail.username,
      link: mail.link?.reveal() ?? null,
      validUntil: mail.linkValidUntil === null ? null : inWords(mail.linkValidUntil, language),
    };
  }
}

async function fill(engine: Liquid, file: string, values: object): Promise<string> {
  const text: unknown = await engine.renderFile(file, values);
  return String(text);
}

/** Nobody's time zone is known, so the time is said in the one that everybody can convert from. */
function inWords(date: Date, language: string): string {
  const format = new Intl.DateTimeFormat(language, {
    dateStyle: 'long',
    timeStyle: 'short',
    hourCycle: 'h23',
    timeZone: 'UTC',
  });
  return `${format.format(date)} UTC`;
}

function oneLine(text: string): string {
  return text.replaceAll(/\s+/g, ' ').trim();
}

function foldersIn(root: string): readonly string[] {
  return readdirSync(root, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name);
}
