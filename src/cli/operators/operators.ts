import { ROLES } from '../../domain/operators/scopes.ts';
import type { InvitedOperator } from '../asks/operators.ts';
import { argument, flag, option, type Session, type Typed } from '../command.ts';
import { time, type Output } from '../output.ts';
import { readPassword } from '../profiles/read-password.ts';
import { readChoice } from '../read-choice.ts';

export async function create(session: Session, typed: Typed): Promise<undefined> {
  const { output, signal } = session;
  const name = argument(typed, 0);
  const role = readChoice('--role', option(typed, 'role'), ROLES) ?? 'admin';
  const password = flag(typed, 'password') ? await readPassword('Password: ', signal) : null;
  await session.withInstallation(async ({ operators }) => {
    const made = await operators.create({ name, role, password });
    if (made.link === null) output.result(made, () => `${made.name} is ${role} and can sign in`);
    else showLink(output, made, made.link);
  });
}

export async function list(session: Session): Promise<undefined> {
  const { output } = session;
  await session.withInstallation(async (installation) => {
    const operators = await installation.operators.list();
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
  const { output } = session;
  const who = argument(typed, 0);
  await session.withInstallation(async ({ operators }) => {
    const operator = await operators.setDisabled(who, disabled);
    output.result(operator, () => `${operator.name} is ${operator.state}`);
  });
}

export async function invite(session: Session, typed: Typed): Promise<undefined> {
  const { output } = session;
  const dropSecondFactor = flag(typed, 'dropSecondFactor');
  await session.withInstallation(async ({ operators }) => {
    const invited = await operators.invite(argument(typed, 0), dropSecondFactor);
    showLink(output, invited, invited.link ?? '');
  });
}

function showLink(output: Output, invited: InvitedOperator, link: string): void {
  output.result(invited, () => link);
  output.hint(`${invited.name} chooses a password there, once, until ${time(invited.expiresAt)}.`);
}
