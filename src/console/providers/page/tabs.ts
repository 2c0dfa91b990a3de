/** The tabs of a provider's page; which one is shown is in the address. */
export const TABS = [
  { value: 'overview', label: 'Overview' },
  { value: 'runs', label: 'Runs' },
  { value: 'mapping', label: 'Mapping' },
  { value: 'people', label: 'People' },
  { value: 'schedule', label: 'Schedule' },
  { value: 'settings', label: 'Settings' },
  { value: 'source', label: 'At the source' },
] as const;

export type ProviderTab = (typeof TABS)[number]['value'];
