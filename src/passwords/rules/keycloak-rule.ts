import type { KeycloakRule } from '../../../connectors/contract/password-format.ts';
import { joinStored } from '../../../connectors/contract/stored-password.ts';
import type { PasswordFormat } from '../formats/format.ts';
import { readCredential, writeCredential } from '../formats/keycloak.ts';

/** Keycloak's own table, where a credential is in two columns. */
export function keycloakFormat(rule: KeycloakRule): PasswordFormat {
  return {
    name: rule.name,
    description: 'Keycloak’s own table: `secret_data`, and `credential_data` beside it',
    weak: false,
    onlyNamed: false,
    read: (secretData, [credentialData]) =>
      credentialData == null ? null : readCredential({ secretData, credentialData }),
    writer: {
      length: null,
      write: async (password, { current, parts: [credentialData], costs }) => {
        const old =
          current === null || credentialData == null ? null : { secretData: current, credentialData };
        const written = await writeCredential(password, old, costs);
        return joinStored({ hash: written.secretData, parts: [written.credentialData] });
      },
    },
  };
}
