import { connectorKinds, loadConnector } from '../../connectors/index.ts';
import type { Config } from '../../config/options.ts';
import type { ConnectorTools } from '../../connectors/contract/tools.ts';
import type { AppContext, AppSettings, OpenProvider } from '../app/context.ts';
import { closeKeptConnectors } from '../app/providers/keep-connector.ts';
import { openInbox } from '../app/push/inbox.ts';
import { resolveAddress } from '../kernel/address.ts';
import { AppError } from '../kernel/errors.ts';
import { Keyring } from '../kernel/keyring.ts';
import type { Lifecycle } from '../kernel/lifecycle.ts';
import { locateFile } from '../kernel/locate-file.ts';
import { loadSecretKeys } from '../kernel/secret-key.ts';
import { createPasswordHasher } from '../passwords/create-hasher.ts';
import { openStore, type StoreRequest } from './open-store.ts';

/** Builds what every use case is given; the lifecycle releases it. */
export async function openContext(lifecycle: Lifecycle, request: StoreRequest): Promise<AppContext> {
  const { config, logger } = request;
  // Before anything is started: a key that cannot be used is the operator's to mend.
  const keys = await loadSecretKeys(
    { key: config.secretKey?.() ?? null, accepted: config.secretKeysAccepted?.() ?? [] },
    config.dataDirectory,
  );
  const store = await openStore(lifecycle, request);
  const passwords = await lifecycle.use('password hashing', () =>
    createPasswordHasher({ environment: process.env }),
  );
  const keyring = new Keyring(keys.key, keys.accepted);
  const context: AppContext = {
    store,
    keyring,
    passwords,
    openProvider: providerOpener(config, { store, keyring, logger }),
    settings: settingsOf(config),
    logger,
  };
  await lifecycle.use('kept connectors', () => ({
    [Symbol.asyncDispose]: async () => await closeKeptConnectors(context),
  }));
  return context;
}

function providerOpener(
  config: Config,
  context: Pick<AppContext, 'store' | 'keyring' | 'logger'>,
): OpenProvider {
  const rules = {
    allowPrivate: config.allowPrivateAddresses,
    allowLoopback: config.allowLoopbackAddresses,
  };
  const files = { folders: config.sqliteFolders, dataDirectory: config.dataDirectory };
  return async (definition, password) => {
    const open = await loadConnector(definition.connector);
    // With it comes the language of expressions, which most commands have no use for.
    const { connectorOptions } = await import('../domain/providers/columns.ts');
    if (open === null) throw notBuiltIn(definition.connector);
    const tools: ConnectorTools = {
      logger: context.logger.child({ provider: definition.name }),
      resolve: (host, signal) => resolveAddress(host, rules, signal),
      locate: (file, signal) => locateFile(file, files, signal),
      inbox: openInbox(context, definition.name),
    };
    return open({ ...connectorOptions(definition), password }, tools);
  };
}

function notBuiltIn(kind: string): AppError {
  return new AppError({
    kind: 'invalid',
    code: 'CONNECTOR_UNKNOWN',
    message: `This version of Tributary has no connector ${kind}.`,
    remedy: `Use one of: ${Object.keys(connectorKinds).join(', ')}.`,
  });
}

function settingsOf(config: Config): AppSettings {
  return {
    productName: config.productName,
    publicUrl: config.publicUrl,
    sharedEmail: config.sharedEmail,
    registrationLinkHours: config.registrationLinkHours,
    resetLinkMinutes: config.resetLinkMinutes,
    passwordMinimum: config.passwordMinimum,
    secondFactor: config.secondFactor,
    returnOrigins: config.returnOrigins ?? [],
    sessionHours: config.sessionHours,
    dataDirectory: config.dataDirectory,
  };
}
