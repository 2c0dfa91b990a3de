import { applyProviders, type ProviderRequest } from '../../app/providers/apply-provider.ts';
import { texts, type Session, type Typed } from '../command.ts';
import { readDefinition } from '../read-definition.ts';
import { changeText } from '../runs/run-text.ts';
import { warn } from './warn.ts';

/** All files or none: every one is read before the first is saved. */
export async function apply(session: Session, typed: Typed): Promise<undefined> {
  const { output, runtime, actor } = session;
  const requests: ProviderRequest[] = [];
  for (const file of texts(typed.options['file']))
    requests.push(await readDefinition(file, runtime.environment));
  await session.withContext(async (context) => {
    const applied = await applyProviders(context, { requests, actor });
    output.list(applied, () =>
      applied
        .map(({ name, outcome, changes }) => {
          const lines = outcome === 'updated' ? changeText(changes).split('\n') : [];
          return [`${output.style('bold', name)} ${outcome}`, ...lines.map((line) => `    ${line}`)].join(
            '\n',
          );
        })
        .join('\n'),
    );
    for (const { warnings } of applied) warn(output, warnings);
    const [first] = applied;
    if (first?.outcome === 'created')
      output.hint(`Next: tributary provider test ${first.name}; tributary provider preview ${first.name}`);
  });
}
