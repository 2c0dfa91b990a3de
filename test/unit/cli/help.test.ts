import { spawnSync } from 'node:child_process';
import { describe, expect, it } from '@jest/globals';
import { COMMANDS } from '../../../src/cli/commands.ts';
import { pageRoff } from '../../../src/cli/help/page-roff.ts';
import { pageText } from '../../../src/cli/help/page-text.ts';
import { pageOf } from '../../../src/cli/help/page.ts';
import { buildProgram } from '../../../src/cli/program.ts';

const bold = (text: string): string => text;

/** As a shell takes it apart, quotes aside: examples have none. */
async function called(run: string): Promise<string> {
  let words = '';
  const program = buildProgram((spec) => {
    words = spec.words;
    return Promise.resolve();
  });
  program.commands.forEach((command) => command.configureOutput({ writeErr: () => undefined }));
  await program.parseAsync(run.split(/ [>|] /)[0]?.split(' ') ?? [], { from: 'user' });
  return words;
}

describe('the page of each command', () => {
  it.each(COMMANDS.map((spec) => [spec.words, spec] as const))('%s', async (words, spec) => {
    const text = pageText(pageOf(spec), { width: 80, bold });
    for (const heading of [
      'NAME',
      'SYNOPSIS',
      'DESCRIPTION',
      'OPTIONS',
      'EXAMPLES',
      'EXIT CODES',
      'SEE ALSO',
    ])
      expect(text).toMatch(new RegExp(`^${heading}\n {4}\\S`, 'm'));
    expect(text.split('\n').filter((line) => line.length > 80)).toEqual([]);
    expect(spec.examples.length).toBeGreaterThan(0);
    for (const { run } of spec.examples) expect([run, await called(run)]).toEqual([run, words]);
    const known = COMMANDS.map((each) => each.words);
    expect(spec.see.filter((other) => !known.includes(other) || other === words)).toEqual([]);
    expect(text.includes('held by a safeguard')).toBe(text.includes('--wait'));
  });

  it('is one for man too, without a warning where there is a groff', () => {
    for (const spec of COMMANDS) {
      const page = pageRoff(pageOf(spec), '1.0.0');
      expect(page).toContain('.SH EXAMPLES');
      // Nothing of ours begins a line as a request would.
      expect(page.split('\n').filter((line) => /^\.(?!TH|SH|TP|B |BR |ad l$)/.test(line))).toEqual([]);
    }
    const all = COMMANDS.map((spec) => pageRoff(pageOf(spec), '1.0.0')).join('\n');
    const groff = spawnSync('groff', ['-man', '-Tascii', '-ww', '-z'], { input: all, encoding: 'utf8' });
    if (groff.error === undefined) expect(groff.stderr).toBe('');
  });
});
