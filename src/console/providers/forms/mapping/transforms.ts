import type { Transform } from '../../draft/rule.ts';

/** Every transform, with what it does; `docs/guide/mapping.md` has them with examples. */
export const TRANSFORMS: readonly { readonly name: string; readonly text: string }[] = [
  { name: 'trim', text: 'without spaces around it' },
  { name: 'collapse', text: 'one space where there are several' },
  { name: 'lower', text: 'in lower case' },
  { name: 'upper', text: 'in upper case' },
  { name: 'title', text: 'Each Word With A Capital' },
  { name: 'normalize', text: 'in the usual form of Unicode' },
  { name: 'removeDiacritics', text: 'é becomes e' },
  { name: 'split', text: 'one part of a list' },
  { name: 'replace', text: 'one text for another' },
  { name: 'removePrefix', text: 'without a beginning' },
  { name: 'removeSuffix', text: 'without an end' },
  { name: 'addPrefix', text: 'with a beginning' },
  { name: 'addSuffix', text: 'with an end' },
  { name: 'truncate', text: 'at most so many characters' },
  { name: 'emptyIf', text: 'texts that stand for nothing' },
  { name: 'switch', text: 'what each value becomes' },
  { name: 'boolean', text: 'true or false, in whatever words' },
  { name: 'not', text: 'the opposite of true or false' },
  { name: 'isEmpty', text: 'true when there is nothing' },
  { name: 'isSet', text: 'true when there is something' },
  { name: 'date', text: 'a date as 2026-03-02' },
];

/** What those begin with that take settings. */
export const START: Readonly<Record<string, Transform>> = {
  split: { split: { by: ',', take: 1 } },
  replace: { replace: { from: ' ', to: '' } },
  removePrefix: { removePrefix: '' },
  removeSuffix: { removeSuffix: '' },
  addPrefix: { addPrefix: '' },
  addSuffix: { addSuffix: '' },
  truncate: { truncate: 100 },
  emptyIf: { emptyIf: [] },
  switch: { switch: {} },
};
