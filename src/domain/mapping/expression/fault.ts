/** Why an expression cannot be used. */
export interface ExpressionFault {
  /** Stable, upper case. */
  readonly code: 'EXPRESSION_INVALID' | 'EXPRESSION_TOO_COSTLY';
  readonly message: string;
  /** What to write instead; empty when the message says it. */
  readonly remedy: string;
  /** Where, in UTF-16 units of the expression. */
  readonly at: number;
}

/** Something in the expression that has a place. */
export interface Placed {
  readonly start: number;
}

export function faultAt({ start }: Placed, message: string, remedy = ''): ExpressionFault {
  return { code: 'EXPRESSION_INVALID', message, remedy, at: start };
}
