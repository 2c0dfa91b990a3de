import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { stripVTControlCharacters } from 'node:util';

/** A command on a terminal of its own, as somebody sits at it. Of util-linux, which every Debian has. */
export class Terminal implements AsyncDisposable {
  readonly #child: ChildProcess;
  readonly #ended: Promise<unknown[]>;
  readonly #waiting = new Set<() => void>();
  #raw = '';
  #seen = 0;

  private constructor(child: ChildProcess) {
    this.#child = child;
    this.#ended = once(child, 'exit');
    child.stdout?.setEncoding('utf8').on('data', (text: string) => {
      this.#raw += text;
      [...this.#waiting].forEach((wake) => wake());
    });
    child.once('exit', () => [...this.#waiting].forEach((wake) => wake()));
  }

  static open(command: string, env: NodeJS.ProcessEnv): Terminal {
    const args = [
      '--quiet',
      '--flush',
      '--return',
      '--command',
      `stty cols 120 rows 50; ${command}`,
      '/dev/null',
    ];
    return new Terminal(spawn('script', args, { env: { ...env, TERM: 'xterm', SHELL: '/bin/sh' } }));
  }

  /** All that was shown, without what steers a terminal. */
  get shown(): string {
    return stripVTControlCharacters(this.#raw);
  }

  /** Waits until something is shown that was not when it was last waited for. */
  async until(text: string): Promise<void> {
    for (;;) {
      const at = this.shown.indexOf(text, this.#seen);
      if (at >= 0) {
        this.#seen = at + text.length;
        return;
      }
      if (this.#child.exitCode !== null) throw new Error(`ended without "${text}":\n${this.shown}`);
      await new Promise<void>((resolve) => this.#waiting.add(resolve));
    }
  }

  type(keys: string): void {
    this.#child.stdin?.write(keys);
  }

  /** Answers a question with what is typed, and Enter. */
  async answer(question: string, keys = ''): Promise<void> {
    await this.until(question);
    this.type(`${keys}\r`);
  }

  async exitCode(): Promise<number | null> {
    const [code] = await this.#ended;
    return code as number | null;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    if (this.#child.exitCode === null) this.#child.kill('SIGKILL');
    await this.#ended;
  }
}

export const DOWN = '\u001B[B';
export const ESCAPE = '\u001B';
