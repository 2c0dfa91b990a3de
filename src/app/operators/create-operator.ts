import type { Secret } from '../../../connectors/contract/secret.ts';
import type { OperatorRole } from '../../domain/operators/scopes.ts';
import { usernameKey } from '../../domain/profiles/identifiers.ts';
import { AppError, invalid } from '../../kernel/errors.ts';
import { newId } from '../../kernel/ids.ts';
import { appendAudit } from '../../store/operators/append-audit.ts';
import type { MadeBy } from '../../store/operators/made-by.ts';
import { endOperatorLinks } from '../../store/operators/operator-links.ts';
import { insertOperator, setOperatorPassword } from '../../store/operators/operators.ts';
import type { AppContext } from '../context.ts';
import { COMMAND_LINE } from './caller.ts';
import { holdMaker } from './hold-maker.ts';
import { makeOneTimeLink, type OneTimeLink } from './one-time-link.ts';
import { operatorNameProblems } from './operator-name.ts';
import { operatorPasswordProblems, sealOperatorPassword } from './operator-password.ts';

export interface OperatorRequest {
  readonly name: string;
  readonly role: OperatorRole;
  /** Typed by the operator themselves at the command line; null: a link lets them choose one. */
  readonly password: Secret | null;
  readonly actor: string;
  /** With whom the link ends; default: the command line, with which nothing does. */
  readonly by?: MadeBy | undefined;
}

export interface CreatedOperator {
  readonly id: string;
  readonly name: string;
  readonly role: OperatorRole;
  /** Null when the password is set already. */
  readonly link: OneTimeLink | null;
}

/**
 * Makes an operator. Nobody chooses a password for somebody else: the operator
 * follows a link that is good once, for a day.
 *
 * @throws AppError `OPERATOR_INVALID` with every problem at once, `OPERATOR_EXISTS`, or `MAKER_ENDED`.
 */
export async function createOperator(
  context: AppContext,
  request: OperatorRequest,
): Promise<CreatedOperator> {
  const { role, password, actor, by = COMMAND_LINE } = request;
  const name = request.name.trim();
  const problems = [
    ...operatorNameProblems(name),
    ...(password === null ? [] : await operatorPasswordProblems(context, name, password)),
  ];
  if (problems.length > 0) throw invalid('OPERATOR_INVALID', 'The operator was not made.', problems);
  const id = newId();
  const sealed = password === null ? null : await sealOperatorPassword(context, id, password);
  return await context.store.transaction(async (tx) => {
    await holdMaker(tx, by);
    if (!(await insertOperator(tx, { id, name, nameKey: usernameKey(name), role }))) throw exists(name);
    // Whoever finds the link of the first start later must not become an admin by it.
    await endOperatorLinks(tx, null);
    if (sealed !== null) await setOperatorPassword(tx, id, sealed);
    await appendAudit(tx, context.keyring, {
      actor,
      action: 'operator.create',
      subject: name,
      detail: { role },
    });
    const link = sealed === null ? await makeOneTimeLink(context, tx, { operatorId: id, by }) : null;
    return { id, name, role, link };
  });
}

function exists(name: string): AppError {
  return new AppError({
    kind: 'conflict',
    code: 'OPERATOR_EXISTS',
    message: `There is an operator ${name}.`,
    remedy: 'Choose another name, or send that one a new link.',
  });
}
