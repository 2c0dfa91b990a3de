/** What a column makes of the values it is given, where it is declared; `none` keeps all as they are. */
export type Affinity = 'integer' | 'text' | 'real' | 'numeric' | 'none';

/** The rules by which SQLite reads a declared type, in its order. A column without one has none. */
export function affinityOf(type: string): Affinity {
  const declared = type.toUpperCase();
  if (declared.includes('INT')) return 'integer';
  if (['CHAR', 'CLOB', 'TEXT'].some((word) => declared.includes(word))) return 'text';
  if (declared === '' || declared.includes('BLOB')) return 'none';
  return ['REAL', 'FLOA', 'DOUB'].some((word) => declared.includes(word)) ? 'real' : 'numeric';
}
