import type { Installation } from '../asks/installation.ts';
import { remoteEmails } from './mail.ts';
import { remoteAudit, remoteOperators } from './operators.ts';
import { remoteWriteBacks } from './passwords.ts';
import { remoteProfiles } from './profiles.ts';
import { remoteProviders } from './providers.ts';
import { remoteRuns } from './runs.ts';
import { Server, type Whereabouts } from './server.ts';

/** An installation, asked over its API. */
export function remoteInstallation(where: Whereabouts): Installation {
  const server = new Server(where);
  return {
    providers: remoteProviders(server),
    runs: remoteRuns(server),
    profiles: remoteProfiles(server),
    writeBacks: remoteWriteBacks(server),
    emails: remoteEmails(server),
    operators: remoteOperators(server),
    audit: remoteAudit(server),
  };
}
