import type { Secret } from '../../../connectors/contract/secret.ts';
import {
  breaksHistory,
  definitionChanges,
  movesPassword,
} from '../../domain/providers/definition-changes.ts';
import { definitionWarnings, type DefinitionWarning } from '../../domain/providers/definition-warnings.ts';
import { sharedSource } from '../../domain/providers/shared-source.ts';
import { PASSWORD_CHANGED } from '../../domain/runs/field-changes.ts';
import type { FieldChange } from '../../domain/runs/run.ts';
import { AppError, invalid } from '../../kernel/errors.ts';
import { newId } from '../../kernel/ids.ts';
import type { ProviderRow } from '../../store/entities/directory.ts';
import { appendAudit } from '../../store/operators/append-audit.ts';
import { lockProvider } from '../../store/providers/lock-provider.ts';
import { readDefinitions } from '../../store/providers/read-definitions.ts';
import { pauseProvider } from '../../store/providers/pause-provider.ts';
import { insertProvider, updateProvider } from '../../store/providers/save-provider.ts';
import type { Transaction } from '../../store/transaction.ts';
import type { AppContext } from '../context.ts';
import { checkColumns } from './check-columns.ts';
import { checkDefinition } from './check-definition.ts';
import { passwordBinding } from './open-connector.ts';
import type { ProviderRequest } from './provider-request.ts';

export type { ProviderRequest } from './provider-request.ts';

export interface AppliedProvider {
  readonly name: string;
  readonly outcome: 'created' | 'updated' | 'unchanged';
  /** Setting by setting; of the password it is only said that it changed. */
  readonly changes: Readonly<Record<string, FieldChange>>;
  readonly warnings: readonly DefinitionWarning[];
}

/**
 * Registers a provider, or brings a registered one to what the definition says.
 * Doing so again changes nothing. Connects only to look up the columns that
 * expressions read; a provider that cannot be reached is taken at its word.
 *
 * @throws as {@link applyProviders}.
 */
export async function applyProvider(
  context: AppContext,
  request: ProviderRequest & { readonly actor: string },
): Promise<AppliedProvider> {
  const [applied] = await applyProviders(context, { requests: [request], actor: request.actor });
  if (applied === undefined) throw new Error('one request has one answer');
  return applied;
}

/**
 * The same for several, all or none, in their order.
 *
 * @throws AppError `PASSWORD_REQUIRED_AGAIN` when host, port or TLS change and the password is not
 *   given; `DEFINITION_INVALID` or `CONNECTOR_UNKNOWN` when this installation cannot use one.
 */
export async function applyProviders(
  context: AppContext,
  { requests, actor }: { readonly requests: readonly ProviderRequest[]; readonly actor: string },
): Promise<readonly AppliedProvider[]> {
  await checkAll(context, requests);
  return await context.store.transaction(async (tx) => {
    const applied: AppliedProvider[] = [];
    for (const request of requests) {
      const compared = await compare(context, tx, request);
      if (compared.answer.outcome !== 'unchanged')
        await save(context, tx, { ...request, ...compared, actor });
      applied.push(compared.answer);
    }
    return applied;
  });
}

/** What {@link applyProviders} would change, or why it would refuse; changes nothing. */
export async function planProviders(
  context: AppContext,
  requests: readonly ProviderRequest[],
): Promise<readonly AppliedProvider[]> {
  await checkAll(context, requests);
  return await context.store.transaction(async (tx) => {
    const planned: AppliedProvider[] = [];
    for (const request of requests) planned.push((await compare(context, tx, request)).answer);
    return planned;
  });
}

async function checkAll(context: AppContext, requests: readonly ProviderRequest[]): Promise<void> {
  refuseRepeatedNames(requests.map(({ definition }) => definition.name));
  for (const request of requests) {
    await checkDefinition(context, request.definition);
    await checkColumns(context, request);
  }
}

/** Otherwise the last file would win, and nobody would have asked for that. */
function refuseRepeatedNames(names: readonly string[]): void {
  const repeated = names.filter((name, at) => names.indexOf(name) !== at);
  if (repeated.length === 0) return;
  const problems = [...new Set(repeated)].map((name) => ({
    path: 'name',
    code: 'NAME_REPEATED',
    message: `${name} is named by more than one definition`,
    remedy: 'Give each provider one definition.',
  }));
  throw invalid(
    'DEFINITION_INVALID',
    'Two definitions are of the same provider; nothing was changed.',
    problems,
  );
}

interface Compared {
  readonly answer: AppliedProvider;
  readonly present: ProviderRow | null;
}

async function compare(context: AppContext, tx: Transaction, request: ProviderRequest): Promise<Compared> {
  const { definition, password } = request;
  const { name } = definition;
  const shared = sharedSource(definition, await readDefinitions(tx));
  const warnings = [...definitionWarnings(definition), ...(shared === null ? [] : [shared])];
  const present = await lockProvider(tx, name);
  refuseStale(present, request);
  const changed = definitionChanges(present?.definition ?? null, definition);
  if (present !== null) refuseToMovePassword(present, changed, password);
  const changes = changesPassword(context, present, password)
    ? { ...changed, 'connection.password': PASSWORD_CHANGED }
    : changed;
  const same = present !== null && Object.keys(changes).length === 0;
  const kind = present === null ? 'created' : 'updated';
  return { answer: { name, outcome: same ? 'unchanged' : kind, changes, warnings }, present };
}

interface Saving extends ProviderRequest, Compared {
  readonly actor: string;
}

async function save(
  context: AppContext,
  tx: Transaction,
  { definition, password, actor, present, answer, paused }: Saving,
): Promise<void> {
  const { outcome, changes } = answer;
  const id = present?.id ?? newId();
  const kept = present?.password ?? null;
  const sealed = password === null ? kept : context.keyring.seal(password, passwordBinding(id));
  const write = present === null ? insertProvider : updateProvider;
  await write(tx, { id, definition, password: sealed, historyBroken: breaksHistory(changes) });
  if (present === null && paused === true) await pauseProvider(tx, id, true);
  await appendAudit(tx, context.keyring, {
    actor,
    action: 'provider.apply',
    subject: definition.name,
    detail: { outcome, changes },
  });
}

/** Two who edit at once: the second one has not seen what the first one did. */
function refuseStale(present: ProviderRow | null, { expected, definition }: ProviderRequest): void {
  if (expected === undefined || (present?.version ?? 'none') === expected) return;
  throw new AppError({
    kind: 'stale',
    code: 'DEFINITION_CHANGED',
    message:
      present === null
        ? `There is no provider ${definition.name} any more.`
        : `${definition.name} is at version ${present.version}: somebody changed it meanwhile.`,
    remedy: 'Read it again, and make the change to what it is now.',
  });
}

/** Otherwise whoever may edit a definition could have the stored password sent to a server of their own. */
function refuseToMovePassword(
  present: ProviderRow,
  changes: Readonly<Record<string, FieldChange>>,
  password: Secret | null,
): void {
  if (present.password === null || password !== null || !movesPassword(changes)) return;
  throw new AppError({
    kind: 'invalid',
    code: 'PASSWORD_REQUIRED_AGAIN',
    message: `Host, port or TLS of ${present.name} change: its password has to be given again.`,
    remedy: 'Give it in connection.password, as ${NAME} from the environment.',
    problems: [
      {
        path: 'connection.password',
        code: 'PASSWORD_REQUIRED_AGAIN',
        message: 'is missing',
        remedy: '',
      },
    ],
  });
}

function changesPassword(context: AppContext, present: ProviderRow | null, password: Secret | null): boolean {
  if (password === null) return false;
  if (present?.password == null) return true;
  try {
    const stored = context.keyring.open(present.password, passwordBinding(present.id));
    return stored.reveal() !== password.reveal();
  } catch (error) {
    // Sealed with a key that is gone: giving the password again is how that is mended.
    if (error instanceof AppError && error.code === 'SECRET_UNREADABLE') return true;
    throw error;
  }
}
