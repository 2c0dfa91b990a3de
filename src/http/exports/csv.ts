/** Spreadsheets take a cell that begins like this for a formula (ASVS 1.2.10); a quote in front makes it text. */
const FORMULA = /^[=+\-@\t\r\0]/;

/** One row of CSV (RFC 4180), safe to open in a spreadsheet. */
export function csvRow(cells: readonly unknown[]): string {
  return `${cells.map(csvCell).join(',')}\r\n`;
}

function csvCell(value: unknown): string {
  const text = textOf(value);
  const safe = FORMULA.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

function textOf(value: unknown): string {
  if (value === null || value === undefined) return '';
  if (value instanceof Date) return value.toISOString();
  return typeof value === 'string' ? value : JSON.stringify(value);
}
