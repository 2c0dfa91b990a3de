import { stripVTControlCharacters } from 'node:util';
import { Ansis } from 'ansis';
import Table from 'cli-table3';

type Style = 'bold' | 'dim' | 'red' | 'green' | 'yellow' | 'cyan';

/**
 * Where a command's words go. With `--json` stdout carries JSON and nothing
 * else; everything said to a person goes to stderr.
 */
export class Output {
  readonly json: boolean;
  readonly #colours: Ansis;
  readonly #width: number | null;

  /** @param options.width of the terminal, in columns; null elsewhere, where lines may be as long as they are. */
  constructor(options: { readonly json: boolean; readonly colour: boolean; readonly width: number | null }) {
    this.json = options.json;
    this.#width = options.width;
    this.#colours = new Ansis(options.colour ? 1 : 0);
  }

  /** The result of a command: as one JSON document, or as the text that `show` makes of it. */
  result(value: unknown, show: () => string): void {
    process.stdout.write(`${this.json ? JSON.stringify(value) : show()}\n`);
  }

  /** The results of a list: one JSON document a line, or the text that `show` makes of all. */
  list(values: readonly unknown[], show: () => string): void {
    if (!this.json) process.stdout.write(`${show()}\n`);
    else for (const value of values) process.stdout.write(`${JSON.stringify(value)}\n`);
  }

  /** Said to a person while or after something happens; never part of the result. */
  say(text: string): void {
    // Colours go by where results go; a log of standard error is to have none.
    process.stderr.write(`${process.stderr.isTTY ? text : stripVTControlCharacters(text)}\n`);
  }

  /** What to do next, when a person is reading. */
  hint(text: string): void {
    if (!this.json) this.say(this.style('dim', text));
  }

  style(style: Style, text: string): string {
    return this.#colours[style](text);
  }

  /**
   * Columns under their heads, or, where the terminal is too narrow for them, row by row. `empty` says what to do when
   * there is nothing to show.
   */
  table(heads: readonly string[], rows: readonly (readonly string[])[], empty: string): string {
    if (rows.length === 0) return empty;
    const table = new Table({
      head: heads.map((head) => this.style('bold', head)),
      chars: BORDERLESS,
      style: PLAIN,
    });
    table.push(...rows.map((row) => row.map(printable)));
    const text = table
      .toString()
      .split('\n')
      .map((line) => line.trimEnd())
      .join('\n');
    return this.#fits(text) ? text : this.#rowByRow(heads, rows);
  }

  #fits(text: string): boolean {
    const width = this.#width ?? Number.POSITIVE_INFINITY;
    return text.split('\n').every((line) => stripVTControlCharacters(line).length <= width);
  }

  /** What is empty is left out. */
  #rowByRow(heads: readonly string[], rows: readonly (readonly string[])[]): string {
    return rows
      .map((row) =>
        this.pairs(
          heads.map((head, at) => [head.toLowerCase(), (row[at] ?? '') === '' ? null : (row[at] ?? '')]),
        ),
      )
      .join('\n\n');
  }

  /** Names and values, one pair a line; pairs without a value are left out. */
  pairs(pairs: readonly (readonly [name: string, value: string | null])[]): string {
    const shown = pairs.filter((pair): pair is readonly [string, string] => pair[1] !== null);
    const width = Math.max(0, ...shown.map(([name]) => name.length));
    return shown
      .map(([name, value]) => `${this.style('dim', name.padEnd(width))}  ${printable(value)}`)
      .join('\n');
  }
}

/** What comes from a provider's database must not steer a terminal. Colours, which we add ourselves, and line ends stay. */
export function printable(text: string): string {
  return text.replaceAll(/\p{Cc}\[\d{1,2}m|[\p{Cc}\p{Cf}]/gu, (found) =>
    found === '\n' || (found.length > 1 && found.startsWith('\u001B')) ? found : '\uFFFD',
  );
}

/** `2026-11-24 03:00:12`, in the machine's time zone; empty for null. */
export function time(date: Date | string | null): string {
  if (date === null) return '';
  const moment = new Date(date);
  const part = (value: number): string => String(value).padStart(2, '0');
  const day = [moment.getFullYear(), part(moment.getMonth() + 1), part(moment.getDate())].join('-');
  return `${day} ${[moment.getHours(), moment.getMinutes(), moment.getSeconds()].map(part).join(':')}`;
}

const BORDERLESS = {
  top: '',
  'top-mid': '',
  'top-left': '',
  'top-right': '',
  bottom: '',
  'bottom-mid': '',
  'bottom-left': '',
  'bottom-right': '',
  left: '',
  'left-mid': '',
  mid: '',
  'mid-mid': '',
  right: '',
  'right-mid': '',
  middle: '  ',
};
const PLAIN = { head: [], border: [], 'padding-left': 0, 'padding-right': 0 };
