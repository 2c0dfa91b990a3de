import { TEMPLATES, writesBack } from '../../../connectors/templates/index.ts';
import type { Session } from '../command.ts';

/** Every application that there is a ready-made definition for. */
export function templates(session: Session): Promise<undefined> {
  const listed = TEMPLATES.map(({ name, application, connectors, definition, tested, notes }) => ({
    name,
    application,
    connectors,
    writeBack: writesBack(definition),
    tested,
    notes,
  }));
  session.output.result(listed, () =>
    listed
      .map(
        ({ name, application, connectors }) => `${name.padEnd(16)} ${application} (${connectors.join(', ')})`,
      )
      .join('\n'),
  );
  return Promise.resolve(undefined);
}
