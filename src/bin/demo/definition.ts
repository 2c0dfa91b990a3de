import { SAMPLE_DATABASE, SAMPLE_LOGIN } from './sample-database.ts';

export const PROVIDER_NAME = 'acme-hr';
/** The definition takes the password from here, as a user's own would. */
export const PASSWORD_VARIABLE = 'ACME_HR_PASSWORD';

/** The provider definition of the sample customer, as an operator would write it. */
export function sampleDefinition(address: { readonly host: string; readonly port: number }): string {
  return `# The sample customer of \`tributary demo\`. Change it and apply it again:
#   ${PASSWORD_VARIABLE}=… bin/tributary provider apply -f acme-hr.yaml
name: ${PROVIDER_NAME}
connector: postgres
connection:
  host: ${address.host}
  port: ${address.port}
  database: ${SAMPLE_DATABASE}
  user: ${SAMPLE_LOGIN}
  password: \${${PASSWORD_VARIABLE}}
  tls: disable                   # only ever on this machine
source:
  table: hr.people
  key: [id]
changes:
  mode: none
  full: "*/15 * * * *"
mapping:
  username: login
  email: mail
  givenName: first_name
  familyName: last_name
  locale: language
  enabled: active
  attributes:
    department: department
    employer: { value: ACME }
password:
  column: pw_hash
  format: auto                   # six formats in one table
  onboarding: none
  forceReset: must_change
  preRegistration: invited
  writeBack:
    enabled: true
    format: bcrypt
    set: { must_change: false, pw_changed_at: now }
safeguards:
  emails: 100
`;
}
