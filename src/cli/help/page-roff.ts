import type { Entry, Page } from './page.ts';

/** A page for `man`, in the macros that every system has. */
export function pageRoff(page: Page, version: string): string {
  const entries = (list: readonly Entry[]): string =>
    list.map(({ head, text }) => `.TP\n.B ${escaped(head)}\n${escaped(text)}`).join('\n');
  return [
    `.TH "${fileName(page.title).toUpperCase()}" 1 "" "Tributary ${version}" "Tributary"`,
    // Ragged: short columns of long words cannot be adjusted.
    '.ad l',
    '.SH NAME',
    `${escaped(page.title.replaceAll(' ', '-'))} \\- ${escaped(page.summary)}`,
    '.SH SYNOPSIS',
    `.B ${escaped(page.synopsis)}`,
    '.SH DESCRIPTION',
    escaped(page.description),
    '.SH OPTIONS',
    entries(page.options),
    '.SH EXAMPLES',
    entries(page.examples),
    '.SH "EXIT STATUS"',
    entries(page.exitCodes),
    '.SH "SEE ALSO"',
    page.see.map((title) => `.BR ${fileName(title)} (1)`).join(',\n'),
    '',
  ].join('\n');
}

/** `tributary-provider-apply`, as pages of subcommands are called. */
export function fileName(title: string): string {
  return title.replaceAll(' ', '-');
}

/** What begins a line with a dot or an apostrophe, and every backslash and hyphen, means something to `man`. */
function escaped(text: string): string {
  return text
    .replaceAll('\\', '\\e')
    .replaceAll('-', '\\-')
    .replaceAll('\u00A0', '\\ ')
    .replaceAll(/^([.'])/gm, '\\&$1');
}
