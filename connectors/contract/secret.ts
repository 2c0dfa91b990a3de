/**
 * Text that must never reach a log, an error message, a URL or a queue payload.
 *
 * Every ordinary way of turning it into text yields a placeholder; the only way
 * to the value is {@link reveal}, which makes each use easy to find in review.
 */
export class Secret {
  readonly #text: string;

  constructor(text: string) {
    this.#text = text;
  }

  reveal(): string {
    return this.#text;
  }

  toString(): string {
    return '[secret]';
  }

  toJSON(): string {
    return '[secret]';
  }

  [Symbol.for('nodejs.util.inspect.custom')](): string {
    return '[secret]';
  }
}
