/** The flags that are set, in words; empty when none is. */
export function flagsText(flags: {
  readonly forceReset: boolean;
  readonly preRegistration: boolean;
}): string {
  const words = [flags.forceReset ? 'force reset' : '', flags.preRegistration ? 'pre-registration' : ''];
  return words.filter((word) => word !== '').join(', ');
}
