const BAR_WIDTH = 30;
/** Elsewhere than on a terminal a line now and then is enough to see that it lives. */
const LINE_EVERY_MS = 5_000;

/** How far something is; `total` null while nobody knows. */
export interface Reading {
  readonly label: string;
  readonly done: number;
  readonly total: number | null;
}

/** Shows progress on stderr: a bar on a terminal, elsewhere a line now and then. */
export class Progress {
  readonly #terminal: boolean;
  #lastLine = Number.NEGATIVE_INFINITY;
  #drawn = false;

  constructor(terminal: boolean = process.stderr.isTTY) {
    this.#terminal = terminal;
  }

  show(reading: Reading): void {
    if (this.#terminal) this.#draw(reading);
    else this.#line(reading);
  }

  /** Leaves the last bar where it is and the cursor on a line of its own. */
  end(): void {
    if (this.#drawn) process.stderr.write('\n');
    this.#drawn = false;
  }

  #draw({ label, done, total }: Reading): void {
    this.#drawn = true;
    process.stderr.write(`\r\u001B[2K${label.padEnd(10)} ${bar(done, total)} ${counted(done, total)}`);
  }

  #line({ label, done, total }: Reading): void {
    const now = performance.now();
    if (now - this.#lastLine < LINE_EVERY_MS) return;
    this.#lastLine = now;
    process.stderr.write(`${label}: ${counted(done, total)}\n`);
  }
}

/** A bar of 30 characters; empty while the total is unknown. */
export function bar(done: number, total: number | null): string {
  const share = total === null || total === 0 ? 0 : Math.min(1, done / total);
  const full = Math.round(share * BAR_WIDTH);
  return `${'█'.repeat(full)}${'░'.repeat(BAR_WIDTH - full)}`;
}

function counted(done: number, total: number | null): string {
  const number = (value: number): string => value.toLocaleString('en-GB');
  return total === null ? number(done) : `${number(done)} of ${number(total)}`;
}
