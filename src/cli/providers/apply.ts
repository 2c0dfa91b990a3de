import {
  applyProviders,
  planProviders,
  type AppliedProvider,
  type ProviderRequest,
} from '../../app/providers/apply-provider.ts';
import type { AppContext } from '../../app/context.ts';
import { listProviders, type ListedProvider } from '../../app/providers/list-providers.ts';
import { removeProvider } from '../../app/providers/remove-provider.ts';
import { flag, texts, type Session, type Typed } from '../command.ts';
import { confirm } from '../confirm.ts';
import type { Output } from '../output.ts';
import { readDefinitions } from '../read-definitions.ts';
import { changeText } from '../runs/run-text.ts';
import { sayWhatIsLeft } from './remove.ts';
import { warn } from './warn.ts';

/** What applying would do or has done with one provider. */
type Applied = Omit<AppliedProvider, 'outcome'> & {
  readonly outcome: AppliedProvider['outcome'] | 'removed';
};

/**
 * All files or none: every one is read and compared before the first is saved. What
 * would change at a provider that is registered is shown first, and asked about.
 */
export async function apply(session: Session, typed: Typed): Promise<undefined> {
  const { output, runtime } = session;
  const requests = await readDefinitions(texts(typed.options['file']), runtime.environment);
  await session.withContext(async (context) => {
    const planned = await planProviders(context, requests);
    const leftOver = flag(typed, 'prune') ? await unnamed(context, requests) : [];
    const plan = [...planned, ...leftOver.map(removal)];
    if (flag(typed, 'dryRun')) {
      show(output, plan, 'would be ');
      return;
    }
    const unsettling = plan.some(({ outcome }) => outcome === 'updated' || outcome === 'removed');
    if (unsettling && !flag(typed, 'yes')) await ask(output, plan, leftOver);
    const applied = await applyProviders(context, { requests, actor: session.actor });
    await prune(session, context, leftOver);
    show(output, [...applied, ...leftOver.map(removal)], '');
    const [first] = applied;
    if (first?.outcome === 'created')
      output.hint(`Next: tributary provider test ${first.name}; tributary provider preview ${first.name}`);
  });
}

async function unnamed(
  context: AppContext,
  requests: readonly ProviderRequest[],
): Promise<readonly ListedProvider[]> {
  const named = new Set(requests.map(({ definition }) => definition.name));
  return (await listProviders(context)).filter(({ name }) => !named.has(name));
}

function removal({ name }: ListedProvider): Applied {
  return { name, outcome: 'removed', changes: {}, warnings: [] };
}

/** On a terminal the difference is shown and asked about; elsewhere --yes says it. */
async function ask(
  output: Output,
  plan: readonly Applied[],
  leftOver: readonly ListedProvider[],
): Promise<void> {
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
  { output, actor, signal }: Session,
  context: AppContext,
  leftOver: readonly ListedProvider[],
): Promise<void> {
  for (const { name } of leftOver) {
    const { left } = await removeProvider(context, { name, people: 'keep', actor, signal });
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
