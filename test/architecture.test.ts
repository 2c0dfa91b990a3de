import { execFile } from 'node:child_process';
import { cp, mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join, relative, resolve } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';

const run = promisify(execFile);
const CRUISE = resolve('node_modules/dependency-cruiser/bin/dependency-cruise.mjs');
const CONFIG = resolve('.dependency-cruiser.cjs');
const FOLDERS = ['src', 'connectors', 'jobs', 'config'];

interface Ends {
  readonly path?: string;
  readonly pathNot?: string | readonly string[];
  readonly circular?: boolean;
}
interface Rule {
  readonly name: string;
  readonly from: Ends;
  readonly to: Ends;
}
interface Cruise {
  readonly modules: readonly { readonly source: string }[];
  readonly summary: {
    readonly violations: readonly { readonly from: string; readonly rule: { readonly name: string } }[];
  };
}

const { forbidden: RULES } = createRequire(import.meta.url)(CONFIG) as { forbidden: readonly Rule[] };

async function cruise(directory: string, folders: readonly string[]): Promise<Cruise> {
  const options = ['--config', CONFIG, '--output-type', 'json', ...folders];
  const { stdout } = await run(process.execPath, [CRUISE, ...options], { cwd: directory, maxBuffer: 64e6 });
  return JSON.parse(stdout) as Cruise;
}

async function sources(): Promise<readonly string[]> {
  const all = await Promise.all(
    FOLDERS.map(async (folder) => {
      const entries = await readdir(folder, { recursive: true });
      return entries.filter((name) => /\.(tsx?|js|mjs)$/.test(name)).map((name) => join(folder, name));
    }),
  );
  return all.flat().toSorted();
}

describe('the tree', () => {
  it('breaks no rule, and every file was looked at', async () => {
    const { modules, summary } = await cruise(process.cwd(), FOLDERS);
    expect(summary.violations).toEqual([]);
    const seen = modules
      .map(({ source }) => source)
      .filter((source) => FOLDERS.includes(source.split('/')[0] ?? '') && !source.endsWith('.css'));
    const files = await sources();
    expect(files.length).toBeGreaterThan(50);
    expect(seen.toSorted()).toEqual(files);
  });
});

/** One file in every folder there is, and in the folders that connectors will have. */
async function places(): Promise<readonly string[]> {
  const folders = new Set((await sources()).map((file) => dirname(file)));
  for (const kind of ['postgres', 'mysql', 'sqlite']) folders.add(`connectors/${kind}`);
  return [...[...folders].toSorted().map((folder) => `${folder}/planted.ts`), 'connectors/index.ts'];
}

function matches(ends: Ends, file: string, captured = ''): boolean {
  const test = (pattern: string): boolean => new RegExp(pattern.replaceAll('$1', captured)).test(file);
  const not = typeof ends.pathNot === 'string' ? [ends.pathNot] : (ends.pathNot ?? []);
  return (ends.path === undefined || test(ends.path)) && !not.some(test);
}

/** An import that the rule forbids, found from the rule itself, so that a new rule needs no line here. */
function forbiddenImport(
  rule: Rule,
  files: readonly string[],
): readonly [from: string, to: string] | undefined {
  const pairs = files.flatMap((from) => files.map((to) => [from, to] as const));
  return pairs.find(([from, to]) => {
    const captured = new RegExp(rule.from.path ?? '').exec(from)?.[1] ?? '';
    return dirname(from) !== dirname(to) && matches(rule.from, from) && matches(rule.to, to, captured);
  });
}

describe('a forbidden import is reported', () => {
  let tree: string;
  let reports: Cruise['summary']['violations'];
  const plants = new Map<string, string>();

  async function plant(from: string, to: string): Promise<void> {
    const specifier = relative(dirname(from), to);
    await mkdir(join(tree, dirname(from)), { recursive: true });
    await writeFile(
      join(tree, from),
      `import '${specifier.startsWith('.') ? specifier : `./${specifier}`}';\n`,
    );
  }

  beforeAll(async () => {
    tree = await mkdtemp(join(tmpdir(), 'tributary-architecture-'));
    await cp('tsconfig.json', join(tree, 'tsconfig.json'));
    const files = await places();
    for (const file of files) {
      await mkdir(join(tree, dirname(file)), { recursive: true });
      await writeFile(join(tree, file), 'export {};\n');
    }
    for (const [at, rule] of RULES.entries()) {
      if (rule.to.circular === true) {
        await plant(`src/domain/cycle-${at}.ts`, `src/domain/round-${at}.ts`);
        await plant(`src/domain/round-${at}.ts`, `src/domain/cycle-${at}.ts`);
        plants.set(rule.name, `src/domain/cycle-${at}.ts`);
        continue;
      }
      const pair = forbiddenImport(rule, files);
      if (pair === undefined) continue;
      const from = pair[0].replace(/[^/]+$/, `planted-${at}.ts`);
      await plant(from, pair[1]);
      plants.set(rule.name, from);
    }
    reports = (await cruise(tree, FOLDERS)).summary.violations;
  });
  afterAll(async () => {
    await rm(tree, { recursive: true });
  });

  it.each(RULES.map(({ name }) => name))('%s', (name) => {
    // No plant: nothing in the tree could ever break the rule, so it guards nothing.
    expect(plants.get(name)).toBeDefined();
    expect(reports.filter(({ rule }) => rule.name === name).map(({ from }) => from)).toContain(
      plants.get(name),
    );
  });
});

describe('a library has one home', () => {
  const CASES = [
    ['typeorm', 'src/app/context.ts', 'src/store/store.ts'],
    ['bullmq', 'src/app/context.ts', 'jobs/queues.ts'],
    ['nodemailer', 'jobs/queues.ts', null],
    ['winston', 'src/store/store.ts', 'src/kernel/logger.ts'],
  ] as const;
  let messages: Readonly<Record<string, readonly string[]>>;

  /** Lints one import in the place of a real file; ESLint runs in a process of its own, outside jest's modules. */
  beforeAll(async () => {
    const script = `
      import { ESLint } from 'eslint';
      const eslint = new ESLint();
      const found = {};
      for (const [library, ...files] of ${JSON.stringify(CASES)})
        for (const filePath of files.filter(Boolean)) {
          const [{ messages }] = await eslint.lintText(\`import '\${library}';\\n\`, { filePath });
          found[library + ' in ' + filePath] = messages.map(({ ruleId, message }) => ruleId ?? message);
        }
      console.log(JSON.stringify(found));`;
    // Under CI typescript-eslint otherwise reads the file from the disk instead of the text it is given.
    const env = { ...process.env, TSESTREE_SINGLE_RUN: 'false' };
    const { stdout } = await run(process.execPath, ['--input-type=module', '-e', script], { env });
    messages = JSON.parse(stdout) as typeof messages;
  });

  it.each(CASES)('%s', (library, outside, home) => {
    expect(messages[`${library} in ${outside}`]).toEqual(['no-restricted-imports']);
    if (home !== null) expect(messages[`${library} in ${home}`]).toEqual([]);
  });
});
