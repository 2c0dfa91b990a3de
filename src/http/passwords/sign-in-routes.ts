import { Secret } from '../../../connectors/contract/secret.ts';
import { actorOf } from '../../app/operators/caller.ts';
import { changePassword } from '../../app/passwords/change-password.ts';
import type { PasswordFault } from '../../app/passwords/set-password.ts';
import { signInForApplication } from '../../app/passwords/sign-in-for-application.ts';
import { TICKET_SECONDS } from '../../app/passwords/sign-in.ts';
import { AppError } from '../../kernel/errors.ts';
import { callerOf, type Api, type ApiFace } from '../api/types.ts';
import {
  newPasswordAnswerSchema,
  newPasswordRequestSchema,
  signInAnswerSchema,
  signInRequestSchema,
} from '../schemas/sign-in.ts';

const tags = ['Sign-in'];

/** For applications that keep a sign-in page of their own: the rules of the hosted page, and no session of ours. */
export function signInRoutes(api: Api, face: ApiFace): void {
  signInRoute(api, face);
  newPasswordRoute(api, face);
}

function signInRoute(api: Api, { context }: ApiFace): void {
  api.post(
    '/api/v1/sign-in',
    {
      schema: {
        tags,
        summary: 'Check a password',
        body: signInRequestSchema,
        response: { 200: signInAnswerSchema },
      },
    },
    async (request) => {
      const { username, password, address, userAgent = null } = request.body;
      const input = { name: username, password: new Secret(password), visitor: { address, userAgent } };
      const outcome = await signInForApplication(context, input, actorOf(callerOf(request)));
      if (outcome.outcome === 'refused') throw refused();
      return outcome.outcome === 'signed-in'
        ? { status: 'signed_in' as const, profile: outcome.admitted }
        : {
            status: 'password_change_required' as const,
            continuation: outcome.ticket.reveal(),
            expiresInSeconds: TICKET_SECONDS,
          };
    },
  );
}

function newPasswordRoute(api: Api, { context }: ApiFace): void {
  api.post(
    '/api/v1/sign-in/password',
    {
      schema: {
        tags,
        summary: 'Replace a temporary password',
        body: newPasswordRequestSchema,
        response: { 200: newPasswordAnswerSchema },
      },
    },
    async (request) => {
      const password = new Secret(request.body.password);
      const outcome = await changePassword(context, {
        proof: { ticket: new Secret(request.body.continuation) },
        typed: { password, again: password },
        visitor: null,
      });
      if (outcome.outcome === 'unsuitable') throw unsuitable(outcome.faults);
      if (outcome.outcome !== 'set') throw over();
      const { writeBack } = outcome;
      return {
        status: 'password_set' as const,
        writeBack: writeBack && { provider: writeBack.providerName, state: writeBack.state },
      };
    },
  );
}

/** One answer for every reason there is. */
function refused(): AppError {
  return new AppError({
    kind: 'unauthenticated',
    code: 'SIGN_IN_REFUSED',
    message: 'That username and password do not go together.',
    remedy: 'Check both; after several attempts, wait a little or ask for a new password.',
  });
}

function over(): AppError {
  return new AppError({
    kind: 'conflict',
    code: 'CONTINUATION_OVER',
    message: 'The continuation is used, too old, or of an older password.',
    remedy: 'Sign in again with the temporary password.',
  });
}

function unsuitable(faults: readonly PasswordFault[]): AppError {
  return new AppError({
    kind: 'invalid',
    code: 'PASSWORD_UNSUITABLE',
    message: 'The password cannot be taken.',
    problems: faults.map(({ code, params }) => ({ path: 'password', code, ...WORDS[code](params) })),
  });
}

type Params = PasswordFault['params'];

interface Wording {
  readonly message: string;
  readonly remedy: string;
}

const WORDS: Readonly<Record<PasswordFault['code'], (params: Params) => Wording>> = {
  PASSWORD_TOO_SHORT: ({ minimum = 0 }) => ({
    message: 'is too short',
    remedy: `Use ${minimum} characters or more.`,
  }),
  PASSWORD_TOO_LONG: ({ maximum = 0 }) => ({
    message: 'is too long',
    remedy: `Use ${maximum} characters at most.`,
  }),
  PASSWORD_CONTROL_CHARACTERS: () => ({
    message: 'holds characters that cannot be typed again',
    remedy: 'Leave out tabs and the like.',
  }),
  PASSWORD_COMMON: () => ({ message: 'is among the first that are guessed', remedy: 'Choose a rarer one.' }),
  PASSWORD_PERSONAL: () => ({
    message: 'is made of the person’s own names or address',
    remedy: 'Choose something else.',
  }),
  PASSWORD_REPETITIVE: () => ({
    message: 'repeats itself',
    remedy: 'Add something that cannot be foreseen.',
  }),
  SAME_AS_CURRENT: () => ({ message: 'is the temporary one', remedy: 'Choose a different one.' }),
  PASSWORDS_DIFFER: () => ({ message: 'was typed in two ways', remedy: 'Type the same twice.' }),
};
