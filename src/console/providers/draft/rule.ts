import { isGroup, plainText } from './document.ts';

export type Transform = string | Readonly<Record<string, unknown>>;

/** Where the value of a field comes from, as the form shows it. */
export interface EditedRule {
  readonly form: 'none' | 'column' | 'columns' | 'coalesce' | 'expression' | 'value';
  /** One for `column`, several for `columns` and `coalesce`. */
  readonly columns: readonly string[];
  /** Between the values of `columns`. */
  readonly join: string;
  readonly expression: string;
  readonly value: string;
  readonly transform: readonly Transform[];
  /** Instead of nothing; undefined: nothing stays nothing. */
  readonly fallback: string | undefined;
}

export const NO_RULE: EditedRule = {
  form: 'none',
  columns: [],
  join: ' ',
  expression: '',
  value: '',
  transform: [],
  fallback: undefined,
};

/** A rule as it stands in a document, in whichever of its forms. */
export function readRule(written: unknown): EditedRule {
  if (typeof written === 'string') return { ...NO_RULE, form: 'column', columns: [written] };
  if (!isGroup(written)) return NO_RULE;
  const { column, columns, coalesce, join, expression, value, transform } = written;
  const common = {
    ...NO_RULE,
    transform: readTransforms(transform),
    fallback: written['default'] === undefined ? undefined : plainText(written['default']),
  };
  if (value !== undefined) return { ...NO_RULE, form: 'value', value: plainText(value) };
  if (typeof expression === 'string') return { ...common, form: 'expression', expression };
  if (Array.isArray(coalesce)) return { ...common, form: 'coalesce', columns: coalesce.map(String) };
  if (Array.isArray(columns))
    return {
      ...common,
      form: 'columns',
      columns: columns.map(String),
      join: typeof join === 'string' ? join : ' ',
    };
  return { ...common, form: 'column', columns: typeof column === 'string' ? [column] : [] };
}

function readTransforms(written: unknown): readonly Transform[] {
  if (written === undefined) return [];
  return (Array.isArray(written) ? written : [written]) as readonly Transform[];
}

/** As its author would write it; undefined: the field is not mapped. */
export function writeRule(rule: EditedRule): unknown {
  if (rule.form === 'none') return undefined;
  if (rule.form === 'value') return { value: asValue(rule.value) };
  const { transform, fallback } = rule;
  const refining = {
    ...(transform.length > 0 && { transform: transform.length === 1 ? transform[0] : transform }),
    ...(fallback !== undefined && { default: fallback }),
  };
  if (rule.form === 'column') {
    const [column = ''] = rule.columns;
    return Object.keys(refining).length === 0 ? column : { column, ...refining };
  }
  if (rule.form === 'expression') return { expression: rule.expression, ...refining };
  if (rule.form === 'coalesce') return { coalesce: rule.columns, ...refining };
  return { columns: rule.columns, ...(rule.join !== ' ' && { join: rule.join }), ...refining };
}

function asValue(text: string): string | boolean {
  return text === 'true' || text === 'false' ? text === 'true' : text;
}

/** A transform's name, and its setting where it has one. */
export function transformParts(transform: Transform): { readonly name: string; readonly setting: unknown } {
  if (typeof transform === 'string') return { name: transform, setting: undefined };
  const [[name, setting] = ['', undefined]] = Object.entries(transform);
  return { name, setting };
}

/** In a word or two, for a summary. */
export function transformText(transform: Transform): string {
  const { name, setting } = transformParts(transform);
  return setting === undefined ? name : `${name} ${typeof setting === 'object' ? '…' : plainText(setting)}`;
}
