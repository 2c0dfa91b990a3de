import { showKeys } from '../../../app/installation/show-keys.ts';
import type { Session } from '../../command.ts';

export async function show({ runtime, output }: Session): Promise<undefined> {
  await using opened = await runtime.openContext();
  const keys = await showKeys(opened.context);
  output.list(keys, () =>
    output.table(
      ['KEY', 'STATE', 'SECRETS', 'LINKS', 'AUDIT LOG'],
      keys.map(({ keyId, state, secrets, links, audit }) => [
        keyId,
        state,
        String(secrets),
        String(links),
        audit ? 'goes on with it' : '',
      ]),
      '',
    ),
  );
  if (keys.some(({ state, secrets, audit }) => state === 'accepted' && (secrets > 0 || audit)))
    output.hint('Carry everything over to the present key: tributary secret-key reseal');
  if (keys.some(({ state, secrets }) => state === 'unknown' && secrets > 0))
    output.hint(
      'What was sealed with a key that is not here cannot be read: add it to TRIBUTARY_SECRET_KEYS_ACCEPTED.',
    );
}
