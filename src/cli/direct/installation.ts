import type { Installation } from '../asks/installation.ts';
import type { Runtime } from '../runtime.ts';
import type { About } from './about.ts';
import { directEmails } from './mail.ts';
import { directAudit, directOperators } from './operators.ts';
import { directWriteBacks } from './passwords.ts';
import { directProfiles } from './profiles.ts';
import { directProviders } from './providers.ts';
import { directRuns } from './runs.ts';

/** An installation, asked directly on its store. */
export function directInstallation(about: About, runtime: Pick<Runtime, 'startWorkers'>): Installation {
  return {
    providers: directProviders(about),
    runs: directRuns({ ...about, startWorkers: async (context) => await runtime.startWorkers(context) }),
    profiles: directProfiles(about),
    writeBacks: directWriteBacks(about),
    emails: directEmails(about),
    operators: directOperators(about),
    audit: directAudit(about),
  };
}
