const LABELS: Readonly<Record<string, string>> = {
  username: 'Username',
  email: 'E-mail',
  givenName: 'Given name',
  familyName: 'Family name',
  displayName: 'Name that is shown',
  locale: 'Language',
  forceReset: 'Force password reset',
  preRegistration: 'Pre-registration',
  temporaryPassword: 'Temporary password',
};

/** A field by the name people know it by; attributes by their own. */
export function fieldLabel(name: string): string {
  return LABELS[name] ?? name.replace(/^attributes\./, '');
}
