/** Collects the parameters of a statement; everything travels as text. */
export class Parameters {
  readonly values: (string | null)[] = [];

  /** @returns the placeholder, as text of SQL. */
  add(value: string): string {
    this.values.push(value);
    return `$${String(this.values.length)}::text`;
  }

  addAll(values: readonly string[]): readonly string[] {
    return values.map((value) => this.add(value));
  }
}
