import type { GivenDefinition, PlannedProvider, Provider, ProviderAsks } from '../asks/providers.ts';
import { flag, texts, type Session, type Typed } from '../command.ts';
import { confirm } from '../confirm.ts';
import type { Output } from '../output.ts';
import { readDefinitions } from '../read-definitions.ts';
import { changeText } from '../runs/run-text.ts';
import { sayWhatIsLeft } from './remove.ts';
import { warn } from './warn.ts';

/** What applying would do or has done with one provider. */
type Applied = Omit<PlannedProvider, 'outcome'> & {
  readonly outcome: PlannedProvider['outcome'] | 'removed';
};

/**
 * All files or none: every one is read and compared before the first is saved. What
 * would change at a provider that is registered is shown first, and asked about.
 */
export async function apply(session: Session, typed: Typed): Promise<undefined> {
  const { output, runtime } = session;
  const given = await readDefinitions(texts(typed.options['file']), runtime.environment);
  await session.withInstallation(async ({ providers }) => {
    const planned = await providers.plan(given);
    const leftOver = flag(typed, 'prune') ? await unnamed(providers, given) : [];
    const plan = [...planned, ...leftOver.map(removal)];
    if (flag(typed, 'dryRun')) {
      show(output, plan, 'would be ');
      return;
    }
    const unsettling = plan.some(({ outcome }) => outcome === 'updated' || outcome === 'removed');
    if (unsettling && !flag(typed, 'yes')) await ask(output, plan, leftOver);
    const applied = await providers.apply(given);
    await prune(session, providers, leftOver);
    show(output, [...applied, ...leftOver.map(removal)], '');
    const [first] = applied;
    if (first?.outcome === 'created')
      output.hint(`Next: tributary provider test ${first.name}; tributary provider preview ${first.name}`);
  });
}

async function unnamed(
  providers: ProviderAsks,
  given: readonly GivenDefinition[],
): Promise<readonly Provider[]> {
  const named = new Set(given.map(({ definition }) => definition.name));
  return (await providers.list()).filter(({ name }) => !named.has(name));
}

function removal({ name }: Provider): Applied {
  return { name, outcome: 'removed', changes: {}, warnings: [] };
}

/** On a terminal the difference is shown and asked about; elsewhere --yes says it. */
async function ask(output: Output, plan: readonly Applied[], leftOver: readonly Provider[]): Promise<void> {
  for (const each of plan) output.say(planText(output, each, 'would be '));
  const people = leftOver.reduce((sum, { profiles }) => sum + profiles.linked, 0);
  const kept = leftOver.length === 0 ? '' : `${people} people of removed providers are kept. `;
  await confirm({
    text: `${kept}Type yes to go on: `,
    answer: 'yes',
    refusal: 'Changing what is registered was not confirmed; nothing has changed.',
  });
}

async function prune(
  { output, signal }: Session,
  providers: ProviderAsks,
  leftOver: readonly Provider[],
): Promise<void> {
  for (const { name } of leftOver) {
    const { left } = await providers.remove(name, 'keep', signal);
    sayWhatIsLeft(output, left);
  }
}

function show(output: Output, results: readonly Applied[], would: string): void {
  output.list(results, () => results.map((each) => planText(output, each, would)).join('\n'));
  for (const { warnings } of results) warn(output, warnings);
}

function planText(output: Output, { name, outcome, changes }: Applied, would: string): string {
  const lines = outcome === 'updated' ? changeText(changes).split('\n') : [];
  const said = outcome === 'unchanged' ? outcome : `${would}${outcome}`;
  return [`${output.style('bold', name)} ${said}`, ...lines.map((line) => `    ${line}`)].join('\n');
}
