import { isServer, type ProviderDefinition } from '../../../connectors/contract/definition.ts';

/** Something that is allowed and that somebody should know about. */
export interface DefinitionWarning {
  readonly path: string;
  /** Stable, upper case. */
  readonly code: string;
  readonly message: string;
  readonly remedy: string;
}

/** What a definition does that its author may not have meant. */
export function definitionWarnings(definition: ProviderDefinition): readonly DefinitionWarning[] {
  return [noFullRun(definition), unverifiedTls(definition), flaggedWithoutWriteBack(definition)].filter(
    (warning) => warning !== null,
  );
}

function noFullRun({ name, changes }: ProviderDefinition): DefinitionWarning | null {
  if (changes.full !== undefined) return null;
  return {
    path: 'changes.full',
    code: 'NO_FULL_RUN_SCHEDULED',
    message: 'no full run is scheduled: people whose record is gone stay enabled until somebody starts one',
    remedy: `Set changes.full, for example "0 3 * * *", or run: bin/tributary sync ${name} --full`,
  };
}

function unverifiedTls({ connection }: ProviderDefinition): DefinitionWarning | null {
  if (!isServer(connection) || connection.tls !== 'require-insecure') return null;
  return {
    path: 'connection.tls',
    code: 'TLS_NOT_VERIFIED',
    message: 'the server has to speak TLS but nobody checks that it is the right one',
    remedy: 'Use verify-full, with connection.ca for a private authority.',
  };
}

function flaggedWithoutWriteBack({ password }: ProviderDefinition): DefinitionWarning | null {
  if (password?.column === undefined || password.writeBack.enabled || password.onboarding === 'none')
    return null;
  return {
    path: 'password.writeBack.enabled',
    code: 'NOT_WRITTEN_BACK',
    message: 'people choose new passwords here, and the provider goes on with the old ones',
    remedy: 'Set password.writeBack.enabled: true, or leave it if that is meant.',
  };
}
