/** Why a value cannot be transformed; the value itself is never repeated. */
export interface ValueFault {
  /** Stable, upper case. */
  readonly code: string;
  /** To follow the name of the field. */
  readonly message: string;
}

/** What a step makes of a value. */
export type Stepped = { readonly value: string | null } | { readonly fault: ValueFault };

/** One transform, ready to be applied. Null is the absence of a value (NULL). */
export type Step = (value: string | null) => Stepped;

/** A step that sees texts only and cannot fail: nothing stays nothing. */
export function onText(change: (text: string) => string | null): Step {
  return (value) => ({ value: value === null ? null : change(value) });
}
