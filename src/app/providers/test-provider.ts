import { definitionWarnings, type DefinitionWarning } from '../../domain/providers/definition-warnings.ts';
import type { FirstRun } from '../../domain/providers/estimate-first-run.ts';
import type { AppContext } from '../context.ts';
import { lookAtSample, type TestFinding } from './look-at-sample.ts';
import { openTarget, type OpenTarget, type ProviderTarget } from './provider-target.ts';

export interface ProviderTest {
  readonly name: string;
  /** No finding of severity `error`. */
  readonly ready: boolean;
  /** In the order they were looked at. */
  readonly findings: readonly TestFinding[];
  readonly warnings: readonly DefinitionWarning[];
  /** What the first run would be like; null when the records cannot be read. */
  readonly firstRun: FirstRun | null;
}

export interface WatchedTest {
  readonly target: ProviderTarget;
  readonly signal: AbortSignal;
  /** `whereabouts`: of a definition that says where a database is and nothing else, the road to it is tested. */
  readonly scope: 'whole' | 'whereabouts';
  /** Hears of every finding once, as it is made; the answer has them in order. */
  readonly tell: (finding: TestFinding) => void;
}

/** Looks for everything that would stop a provider from working; changes nothing anywhere. */
export async function testProvider(
  context: AppContext,
  target: ProviderTarget,
  signal: AbortSignal,
): Promise<ProviderTest> {
  return await watchTest(context, { target, signal, scope: 'whole', tell: () => undefined });
}

/** {@link testProvider} for people who watch. */
export async function watchTest(context: AppContext, test: WatchedTest): Promise<ProviderTest> {
  await using open = await openTarget(context, test.target);
  const watched = { ...test, tell: tellOnce(test) };
  const checked = (await open.connector.check(test.signal, watched.tell)).filter((finding) =>
    concerns(test, finding),
  );
  const looked = checked.some(({ severity }) => severity === 'error')
    ? NOT_LOOKED
    : await sampleOf(context, open, watched);
  const findings: readonly TestFinding[] = [...checked, ...looked.findings];
  for (const finding of findings) watched.tell(finding);
  return {
    name: open.definition.name,
    ready: findings.every(({ severity }) => severity !== 'error'),
    findings,
    warnings: definitionWarnings(open.definition).filter(
      ({ path }) => test.scope === 'whole' || path.startsWith('connection'),
    ),
    firstRun: looked.firstRun,
  };
}

const NOT_LOOKED = { findings: [], firstRun: null } as const;

async function sampleOf(
  context: AppContext,
  open: OpenTarget,
  { scope, signal }: WatchedTest,
): ReturnType<typeof lookAtSample> {
  return scope === 'whole' ? await lookAtSample(context, open, signal) : NOT_LOOKED;
}

/** What is known before anybody has said which records are meant. */
const ROAD: ReadonlySet<TestFinding['step']> = new Set([
  'name',
  'address',
  'tcp',
  'tls',
  'login',
  'file',
  'rights',
]);

function concerns({ scope }: Pick<WatchedTest, 'scope'>, { step }: TestFinding): boolean {
  return scope === 'whole' || ROAD.has(step);
}

/** A connector tells of what it gathers at several levels. */
function tellOnce(test: WatchedTest): WatchedTest['tell'] {
  const told = new Set<TestFinding>();
  return (finding) => {
    if (told.has(finding) || !concerns(test, finding)) return;
    told.add(finding);
    test.tell(finding);
  };
}
