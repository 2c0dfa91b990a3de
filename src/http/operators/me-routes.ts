import { z } from 'zod';
import { Secret } from '../../../connectors/contract/secret.ts';
import { changeOwnEmail } from '../../app/operators/change-own-email.ts';
import { changeOwnPassword } from '../../app/operators/change-own-password.ts';
import { endOperatorSessions, listOperatorSessions } from '../../app/operators/operator-sessions.ts';
import { readOperator } from '../../app/operators/read-operator.ts';
import {
  confirmSecondFactor,
  countRecoveryCodes,
  dropSecondFactor,
  proposeSecondFactor,
  renewRecoveryCodes,
} from '../../app/operators/second-factor.ts';
import { idParams, sessionOf, type Api, type ApiFace } from '../api/types.ts';
import { list } from '../schemas/shapes.ts';
import {
  codeSchema,
  meSchema,
  ownEmailSchema,
  operatorSessionSchema,
  ownPasswordSchema,
  passwordProofSchema,
  recoveryCodesSchema,
  secondFactorProofSchema,
  secondFactorSchema,
} from '../schemas/operators.ts';

const tags = ['Me'];

export function meRoutes(api: Api, face: ApiFace): void {
  ownAccount(api, face);
  ownEmail(api, face);
  ownSessions(api, face);
  ownSecondFactor(api, face);
  withoutSecondFactor(api, face);
}

function ownAccount(api: Api, { context }: ApiFace): void {
  api.get(
    '/api/v1/me',
    { schema: { tags, summary: 'Who is signed in', response: { 200: meSchema } } },
    async (request) => {
      const { operatorId, sessionId } = sessionOf(request);
      const operator = await readOperator(context, operatorId);
      const { name, role, email, secondFactorSince, secondFactorNeeded, lastSignInAt } = operator;
      const secondFactor = secondFactorSince !== null;
      const recoveryCodesLeft = await countRecoveryCodes(context, operatorId);
      const { productName } = context.settings;
      const factors = { secondFactor, secondFactorNeeded, recoveryCodesLeft };
      return { name, role, email, ...factors, lastSignInAt, sessionId, productName };
    },
  );

  api.put(
    '/api/v1/me/password',
    {
      schema: {
        tags,
        summary: 'Change one’s own password; other sessions end',
        body: ownPasswordSchema,
        response: { 204: z.void() },
      },
    },
    async (request, reply) => {
      const current = new Secret(request.body.current);
      const password = new Secret(request.body.password);
      await changeOwnPassword(context, { caller: sessionOf(request), current, password });
      return await reply.code(204).send();
    },
  );
}

function ownEmail(api: Api, { context }: ApiFace): void {
  api.put(
    '/api/v1/me/email',
    {
      schema: {
        tags,
        summary: 'Say where one gets test e-mails; null for nowhere',
        body: ownEmailSchema,
        response: { 204: z.void() },
      },
    },
    async (request, reply) => {
      await changeOwnEmail(context, sessionOf(request), request.body.email);
      return await reply.code(204).send();
    },
  );
}

function ownSessions(api: Api, { context }: ApiFace): void {
  api.get(
    '/api/v1/me/sessions',
    {
      schema: {
        tags,
        summary: 'Where one is signed in',
        response: { 200: z.object({ items: list(operatorSessionSchema) }) },
      },
    },
    async (request) => ({ items: await listOperatorSessions(context, sessionOf(request).operatorId) }),
  );

  api.delete(
    '/api/v1/me/sessions/:id',
    {
      schema: { tags, summary: 'End a session of one’s own', params: idParams, response: { 204: z.void() } },
    },
    async (request, reply) => {
      const { operatorId, name } = sessionOf(request);
      await endOperatorSessions(context, { who: operatorId, sessionId: request.params.id, actor: name });
      return await reply.code(204).send();
    },
  );
}

function ownSecondFactor(api: Api, { context }: ApiFace): void {
  api.post(
    '/api/v1/me/second-factor',
    {
      schema: {
        tags,
        summary: 'Begin with a second factor: the secret for an authenticator',
        body: passwordProofSchema,
        response: { 201: secondFactorSchema },
      },
    },
    async (request, reply) => {
      const password = new Secret(request.body.password);
      const { secret, uri } = await proposeSecondFactor(context, { caller: sessionOf(request), password });
      return await reply.code(201).send({ secret: secret.reveal(), uri: uri.reveal() });
    },
  );

  api.post(
    '/api/v1/me/second-factor/confirm',
    {
      schema: {
        tags,
        summary: 'Prove the second factor with its first code; recovery codes are shown once',
        body: codeSchema,
        response: { 200: recoveryCodesSchema },
      },
    },
    async (request) => {
      const code = new Secret(request.body.code);
      const codes = await confirmSecondFactor(context, { caller: sessionOf(request), code });
      return { recoveryCodes: codes.map((each) => each.reveal()) };
    },
  );
}

function withoutSecondFactor(api: Api, { context }: ApiFace): void {
  api.post(
    '/api/v1/me/second-factor/recovery-codes',
    {
      schema: {
        tags,
        summary: 'New recovery codes, shown once; the earlier ones end',
        body: secondFactorProofSchema,
        response: { 200: recoveryCodesSchema },
      },
    },
    async (request) => {
      const password = new Secret(request.body.password);
      const code = new Secret(request.body.code);
      const codes = await renewRecoveryCodes(context, { caller: sessionOf(request), password, code });
      return { recoveryCodes: codes.map((each) => each.reveal()) };
    },
  );

  api.post(
    '/api/v1/me/second-factor/remove',
    {
      schema: {
        tags,
        summary: 'Do without the second factor',
        body: secondFactorProofSchema,
        response: { 204: z.void() },
      },
    },
    async (request, reply) => {
      const password = new Secret(request.body.password);
      const code = new Secret(request.body.code);
      await dropSecondFactor(context, { caller: sessionOf(request), password, code });
      return await reply.code(204).send();
    },
  );
}
