import type { PlainTransform, Transform } from '../../../connectors/contract/definition.ts';
import { asBoolean, booleanWords, isEmpty, isSet, not, switchValue } from './transforms/choice.ts';
import { readDate } from './transforms/date.ts';
import type { Step, Stepped } from './transforms/step.ts';
import {
  addPrefix,
  addSuffix,
  emptyIf,
  removePrefix,
  removeSuffix,
  replace,
  split,
  TEXT_STEPS,
  truncate,
} from './transforms/text.ts';

const PLAIN: Readonly<Record<PlainTransform, Step>> = {
  ...TEXT_STEPS,
  boolean: asBoolean,
  not,
  isEmpty,
  isSet,
  date: readDate(null),
};

/** No field takes more than 4,000 characters; replacing could otherwise make any number of them. */
const MOST_CHARACTERS = 100_000;

const TOO_LONG: Stepped = {
  fault: { code: 'VALUE_TOO_LONG', message: `is longer than ${MOST_CHARACTERS} characters on its way` },
};

/**
 * Applies the transforms in order and stops at the first that cannot be applied.
 * Nothing (null) stays nothing but for `isEmpty`, `isSet` and the `default` of `switch`.
 */
export function transformValue(value: string | null, transforms: readonly Transform[]): Stepped {
  let stepped: Stepped = { value };
  for (const transform of transforms) {
    if ('fault' in stepped) return stepped;
    if ((stepped.value?.length ?? 0) > MOST_CHARACTERS) return TOO_LONG;
    stepped = stepOf(transform)(stepped.value);
  }
  return stepped;
}

/** What the settings of a transform amount to, worked out once: definitions live as long as a run. */
const prepared = new WeakMap<object, Step>();

function stepOf(transform: Transform): Step {
  if (typeof transform === 'string') return PLAIN[transform];
  const known = prepared.get(transform);
  if (known !== undefined) return known;
  const step = prepare(transform);
  prepared.set(transform, step);
  return step;
}

function prepare(transform: Exclude<Transform, string>): Step {
  return prepareText(transform) ?? prepareChoice(transform);
}

function prepareText(transform: Exclude<Transform, string>): Step | null {
  if ('split' in transform) return split(transform.split);
  if ('replace' in transform) return replace(transform.replace);
  if ('removePrefix' in transform) return removePrefix(transform.removePrefix);
  if ('removeSuffix' in transform) return removeSuffix(transform.removeSuffix);
  if ('addPrefix' in transform) return addPrefix(transform.addPrefix);
  if ('addSuffix' in transform) return addSuffix(transform.addSuffix);
  return null;
}

function prepareChoice(transform: Exclude<Transform, string>): Step {
  if ('emptyIf' in transform) return emptyIf(transform.emptyIf);
  if ('truncate' in transform) return truncate(transform.truncate);
  if ('switch' in transform) return switchValue(transform.switch);
  if ('boolean' in transform) return booleanWords(transform.boolean);
  if ('date' in transform) return readDate(transform.date);
  throw new Error(`a transform that nobody carries out: ${Object.keys(transform).join(', ')}`);
}
