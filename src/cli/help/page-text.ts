import { wrap } from '../wrap.ts';
import type { Entry, Page } from './page.ts';

const INDENT = '    ';
const WIDEST = 100;
const NARROWEST = 40;

/** A page for a terminal. @param about.width of the terminal, in columns. @param about.bold marks headings. */
export function pageText(
  page: Page,
  about: { readonly width: number; readonly bold: (text: string) => string },
): string {
  const width = Math.max(NARROWEST, Math.min(WIDEST, about.width));
  const text = (words: string, indent: string): string => wrap(words, { width, indent });
  const entries = (list: readonly Entry[]): string =>
    list.map(({ head, text: words }) => `${text(head, INDENT)}\n${text(words, INDENT + INDENT)}`).join('\n');
  const codes = page.exitCodes.map((code) => text(`${code.head}  ${code.text}`, INDENT)).join('\n');
  const sections: readonly (readonly [string, string])[] = [
    ['NAME', text(`${page.title} - ${page.summary}`, INDENT)],
    ['SYNOPSIS', text(page.synopsis, INDENT)],
    ['DESCRIPTION', text(page.description, INDENT)],
    ['OPTIONS', entries(page.options)],
    ['EXAMPLES', entries(page.examples)],
    ['EXIT CODES', codes],
    ['SEE ALSO', text(page.see.join(', '), INDENT)],
  ];
  return `${sections.map(([heading, body]) => `${about.bold(heading)}\n${body}`).join('\n\n')}\n`.replaceAll(
    '\u00A0',
    ' ',
  );
}
