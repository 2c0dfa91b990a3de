import type { EmailAsks } from './mail.ts';
import type { AuditAsks, OperatorAsks } from './operators.ts';
import type { WriteBackAsks } from './passwords.ts';
import type { ProfileAsks } from './profiles.ts';
import type { ProviderAsks } from './providers.ts';
import type { RunAsks } from './runs.ts';

/**
 * What commands ask of an installation, in the shapes of the API. There are two
 * roads to one: directly on its store (`direct`), and over its API (`remote`).
 * Whoever prints an answer cannot tell which road it came.
 */
export interface Installation {
  readonly providers: ProviderAsks;
  readonly runs: RunAsks;
  readonly profiles: ProfileAsks;
  readonly writeBacks: WriteBackAsks;
  readonly emails: EmailAsks;
  readonly operators: OperatorAsks;
  readonly audit: AuditAsks;
}
