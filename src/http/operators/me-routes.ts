import { readOperator } from '../../app/operators/read-operator.ts';
import { callerOf, type Api, type ApiFace } from '../api/types.ts';
import { meSchema } from '../schemas/operators.ts';

export function meRoutes(api: Api, { context }: ApiFace): void {
  api.get(
    '/api/v1/me',
    { schema: { tags: ['Me'], summary: 'Who is signed in', response: { 200: meSchema } } },
    async (request) => {
      const caller = callerOf(request);
      if (caller.kind !== 'session') throw new Error('this route is for sessions');
      const { name, role, secondFactorSince, lastSignInAt } = await readOperator(context, caller.operatorId);
      const { productName } = context.settings;
      return {
        name,
        role,
        secondFactor: secondFactorSince !== null,
        lastSignInAt,
        productName,
        version: 'v1',
      };
    },
  );
}
