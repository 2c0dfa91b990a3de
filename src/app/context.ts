import type { Connector } from '../../connectors/contract/connector.ts';
import type { ProviderDefinition } from '../../connectors/contract/definition.ts';
import type { Secret } from '../../connectors/contract/secret.ts';
import type { Logger } from '../../connectors/contract/tools.ts';
import type { SecondFactorRule } from '../domain/operators/second-factor-rule.ts';
import type { Keyring } from '../kernel/keyring.ts';
import type { PasswordHasher } from '../passwords/hasher.ts';
import type { Store } from '../store/store.ts';

/** The parts of the configuration that use cases decide by. */
export interface AppSettings {
  /** What people know the installation as, in pages and e-mails. */
  readonly productName: string;
  /** Where people reach the hosted pages; no slash at the end. Links are built from it and from nothing else. */
  readonly publicUrl: string;
  /** Whether two profiles may have the same e-mail address. */
  readonly sharedEmail: boolean;
  /** How long a registration link is good for. Default 72, from 1 to 720. */
  readonly registrationLinkHours: number;
  /** How long a reset link is good for. NIST 800-63B-4 allows at most 24 hours; default 60. */
  readonly resetLinkMinutes: number;
  /** How many characters a new password has at least. Default 15; 8 where sign-in needs a second factor. */
  readonly passwordMinimum?: number;
  /** Which operators have to have a second factor; absent: `optional`. */
  readonly secondFactor?: SecondFactorRule;
  /** Where people may be sent once they are signed in, as origins; absent: nowhere. */
  readonly returnOrigins?: readonly string[];
  /** How long a person stays signed in. */
  readonly sessionHours: number;
  /** Holds keys, the embedded server and captured mail. */
  readonly dataDirectory: string;
}

/** Opens a connector for a definition; knows the list of connectors, which nobody else does. */
export type OpenProvider = (definition: ProviderDefinition, password: Secret | null) => Promise<Connector>;

/** What every use case is given. Built once by src/bin. */
export interface AppContext {
  readonly store: Store;
  readonly keyring: Keyring;
  readonly passwords: PasswordHasher;
  readonly openProvider: OpenProvider;
  readonly settings: AppSettings;
  readonly logger: Logger;
}
