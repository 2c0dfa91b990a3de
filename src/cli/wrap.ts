/** Breaks text at its spaces into lines of at most `width` columns, each behind `indent`. A longer word stays whole. */
export function wrap(text: string, about: { readonly width: number; readonly indent: string }): string {
  const { width, indent } = about;
  const lines: string[] = [];
  let line = indent;
  for (const word of text.split(' ')) {
    const begun = line.length > indent.length;
    if (begun && line.length + 1 + word.length > width) {
      lines.push(line);
      line = indent;
    }
    line += line.length > indent.length ? ` ${word}` : word;
  }
  return [...lines, line].join('\n');
}
