import { changeOperator, inviteOperator } from '../../app/operators/change-operator.ts';
import { createOperator } from '../../app/operators/create-operator.ts';
import type { OneTimeLink } from '../../app/operators/one-time-link.ts';
import { listOperators } from '../../app/operators/read-operator.ts';
import { ROLES } from '../../domain/operators/scopes.ts';
import { argument, flag, option, type Session, type Typed } from '../command.ts';
import { time, type Output } from '../output.ts';
import { readPassword } from '../profiles/read-password.ts';
import { readChoice } from '../read-choice.ts';

export async function create(session: Session, typed: Typed): Promise<undefined> {
  const { output, actor, signal } = session;
  const name = argument(typed, 0);
  const role = readChoice('--role', option(typed, 'role'), ROLES) ?? 'admin';
  const password = flag(typed, 'password') ? await readPassword('Password: ', signal) : null;
  await session.withContext(async (context) => {
    const { link, ...made } = await createOperator(context, { name, role, password, actor });
    if (link === null) output.result(made, () => `${made.name} is ${role} and can sign in`);
    else showLink(output, made, link);
  });
}

export async function list(session: Session): Promise<undefined> {
  const { output } = session;
  await session.withContext(async (context) => {
    const operators = await listOperators(context);
    output.list(operators, () =>
      output.table(
        ['NAME', 'ROLE', 'STATE', 'SECOND FACTOR', 'LAST SIGN-IN'],
        operators.map(({ name, role, state, secondFactorSince, lastSignInAt }) => [
          name,
          role,
          state,
          secondFactorSince === null ? 'no' : 'yes',
          time(lastSignInAt),
        ]),
        'No operators yet. Make one with: tributary operator create NAME',
      ),
    );
  });
}

export async function disable(session: Session, typed: Typed): Promise<undefined> {
  await setDisabled(session, typed, true);
}

export async function enable(session: Session, typed: Typed): Promise<undefined> {
  await setDisabled(session, typed, false);
}

async function setDisabled(session: Session, typed: Typed, disabled: boolean): Promise<void> {
  const { output, actor } = session;
  const who = argument(typed, 0);
  await session.withContext(async (context) => {
    const operator = await changeOperator(context, { who, disabled, actor, operatorId: null });
    output.result(operator, () => `${operator.name} is ${operator.state}`);
  });
}

export async function invite(session: Session, typed: Typed): Promise<undefined> {
  const { output, actor } = session;
  const request = { who: argument(typed, 0), dropSecondFactor: flag(typed, 'dropSecondFactor'), actor };
  await session.withContext(async (context) => {
    const { name, link } = await inviteOperator(context, request);
    showLink(output, { name }, link);
  });
}

function showLink(output: Output, made: { readonly name: string }, link: OneTimeLink): void {
  const url = link.url.reveal();
  output.result({ ...made, link: url, expiresAt: link.expiresAt }, () => url);
  output.hint(`${made.name} chooses a password there, once, until ${time(link.expiresAt)}.`);
}
