/** Who or what made something happen, in words. */
export function causeText(cause: { readonly kind: string; readonly [more: string]: unknown }): string {
  const { name, runId } = cause;
  if (cause.kind === 'operator' && typeof name === 'string') return name;
  if (cause.kind === 'run' && typeof runId === 'string') return 'a run';
  if (cause.kind === 'schedule') return 'the schedule';
  if (cause.kind === 'person') return 'the person';
  return cause.kind;
}
