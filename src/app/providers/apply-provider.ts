import type { ProviderDefinition } from '../../../connectors/contract/definition.ts';
import type { Secret } from '../../../connectors/contract/secret.ts';
import {
  breaksHistory,
  definitionChanges,
  movesPassword,
} from '../../domain/providers/definition-changes.ts';
import { definitionWarnings, type DefinitionWarning } from '../../domain/providers/definition-warnings.ts';
import { PASSWORD_CHANGED } from '../../domain/runs/field-changes.ts';
import type { FieldChange } from '../../domain/runs/run.ts';
import { AppError } from '../../kernel/errors.ts';
import { newId } from '../../kernel/ids.ts';
import type { ProviderRow } from '../../store/entities/directory.ts';
import { appendAudit } from '../../store/operators/append-audit.ts';
import { lockProvider } from '../../store/providers/lock-provider.ts';
import { insertProvider, updateProvider } from '../../store/providers/save-provider.ts';
import type { Transaction } from '../../store/transaction.ts';
import type { AppContext } from '../context.ts';
import { checkDefinition } from './check-definition.ts';
import { passwordBinding } from './open-connector.ts';

export interface ProviderRequest {
  readonly definition: ProviderDefinition;
  /** Null: the one that is stored is kept. */
  readonly password: Secret | null;
}

export interface AppliedProvider {
  readonly name: string;
  readonly outcome: 'created' | 'updated' | 'unchanged';
  /** Setting by setting; of the password it is only said that it changed. */
  readonly changes: Readonly<Record<string, FieldChange>>;
  readonly warnings: readonly DefinitionWarning[];
}

/**
 * Registers a provider, or brings a registered one to what the definition says.
 * Doing so again changes nothing. Connects to nothing.
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
  for (const { definition } of requests) await checkDefinition(context, definition);
  return await context.store.transaction(async (tx) => {
    const applied: AppliedProvider[] = [];
    for (const request of requests) applied.push(await apply(context, tx, { ...request, actor }));
    return applied;
  });
}

type Request = ProviderRequest & { readonly actor: string };

async function apply(context: AppContext, tx: Transaction, request: Request): Promise<AppliedProvider> {
  const { definition, password } = request;
  const { name } = definition;
  const warnings = definitionWarnings(definition);
  const present = await lockProvider(tx, name);
  const changed = definitionChanges(present?.definition ?? null, definition);
  if (present !== null) refuseToMovePassword(present, changed, password);
  const changes = changesPassword(context, present, password)
    ? { ...changed, 'connection.password': PASSWORD_CHANGED }
    : changed;
  if (present !== null && Object.keys(changes).length === 0)
    return { name, outcome: 'unchanged', changes, warnings };
  const outcome = await save(context, tx, { ...request, present, changes });
  return { name, outcome, changes, warnings };
}

interface Saving extends Request {
  readonly present: ProviderRow | null;
  readonly changes: Readonly<Record<string, FieldChange>>;
}

async function save(
  context: AppContext,
  tx: Transaction,
  { definition, password, actor, present, changes }: Saving,
): Promise<'created' | 'updated'> {
  const id = present?.id ?? newId();
  const kept = present?.password ?? null;
  const sealed = password === null ? kept : context.keyring.seal(password, passwordBinding(id));
  const outcome = present === null ? 'created' : 'updated';
  const write = present === null ? insertProvider : updateProvider;
  await write(tx, { id, definition, password: sealed, historyBroken: breaksHistory(changes) });
  await appendAudit(tx, context.keyring, {
    actor,
    action: 'provider.apply',
    subject: definition.name,
    detail: { outcome, changes },
  });
  return outcome;
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
