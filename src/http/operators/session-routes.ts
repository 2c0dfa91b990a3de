import { z } from 'zod';
import { Secret } from '../../../connectors/contract/secret.ts';
import { endOperatorSessions } from '../../app/operators/operator-sessions.ts';
import { checkOperatorLink, setUpOperator } from '../../app/operators/set-up-operator.ts';
import { signInOperator } from '../../app/operators/sign-in-operator.ts';
import { AppError } from '../../kernel/errors.ts';
import { operatorCookie } from '../api/operator-cookie.ts';
import { sessionOf, visitorOf, type Api, type ApiFace } from '../api/types.ts';
import {
  linkCheckSchema,
  linkPurposeSchema,
  operatorSignInSchema,
  setUpSchema,
  signedInSchema,
} from '../schemas/operators.ts';

const tags = ['Me'];

export function sessionRoutes(api: Api, { context }: ApiFace): void {
  const cookie = operatorCookie(context.settings.publicUrl);

  api.post(
    '/api/v1/session',
    {
      schema: {
        tags,
        summary: 'Sign in: begins a session, held in a cookie',
        description: '`SECOND_FACTOR_REQUIRED`: send the same again, with a code.',
        body: operatorSignInSchema,
        response: { 201: signedInSchema },
      },
    },
    async (request, reply) => {
      const { name, password, code } = request.body;
      const outcome = await signInOperator(context, {
        name,
        password: new Secret(password),
        code: code === undefined ? null : new Secret(code),
        visitor: visitorOf(request),
      });
      if (outcome.outcome !== 'signed-in') throw refusals[outcome.outcome]();
      cookie.write(reply, outcome.session);
      return await reply.code(201).send({ name: outcome.name });
    },
  );

  api.delete(
    '/api/v1/session',
    { schema: { tags, summary: 'Sign out', response: { 204: z.void() } } },
    async (request, reply) => {
      const { operatorId, sessionId, name } = sessionOf(request);
      await endOperatorSessions(context, { who: operatorId, sessionId, actor: name });
      cookie.clear(reply);
      return await reply.code(204).send();
    },
  );
}

/** What one-time links are good for: the first operator, and passwords of operators. */
export function setUpRoutes(api: Api, { context }: ApiFace): void {
  api.post(
    '/api/v1/set-up/check',
    {
      schema: {
        tags,
        summary: 'What a one-time link is good for; uses nothing up',
        body: linkCheckSchema,
        response: { 200: linkPurposeSchema },
      },
    },
    async (request) => await checkOperatorLink(context, new Secret(request.body.token)),
  );

  api.post(
    '/api/v1/set-up',
    {
      schema: {
        tags,
        summary: 'Use a one-time link: choose a password, and as the first operator a name',
        body: setUpSchema,
        response: { 200: signedInSchema },
      },
    },
    async (request) => {
      const { token, name, password } = request.body;
      return await setUpOperator(context, {
        token: new Secret(token),
        name: name ?? null,
        password: new Secret(password),
      });
    },
  );
}

const refusals = {
  refused: () =>
    new AppError({
      kind: 'unauthenticated',
      code: 'SIGN_IN_REFUSED',
      message: 'Name, password or code are not right, or were tried too often.',
      remedy: 'Try again; after several wrong attempts, wait a while first.',
    }),
  'code-required': () =>
    new AppError({
      kind: 'unauthenticated',
      code: 'SECOND_FACTOR_REQUIRED',
      message: 'This operator has a second factor.',
      remedy: 'Send the code of the authenticator, or a recovery code, along.',
    }),
};
