import { option, type Session, type Typed } from '../../command.ts';
import type { Discovery, GivenDefinition, ProviderAsks } from '../../asks/providers.ts';
import { parseDefinition } from '../../read-definition.ts';
import { failureText } from '../../report-error.ts';
import { definitionYaml, passwordVariable, type Onboarding } from '../definition-yaml.ts';
import { findingsText } from '../findings-text.ts';
import { previewTable } from '../preview.ts';
import { askConnection, askWhereabouts, type Whereabouts } from './ask-connection.ts';
import { askProposal, askWhere } from './ask-proposal.ts';
import { askText, askYes, begin, choose, during, end, left, tell, warn } from './ask.ts';
import { createFile } from './create-file.ts';
import { startingText } from './starting-text.ts';

const SAMPLE = 5;

/** From the first question to a file: connection, source, mapping, onboarding, and a look at what comes of it. */
export async function wizard(session: Session, typed: Typed): Promise<void> {
  begin('A new provider. Nothing is saved or changed anywhere but in the file that comes of this.');
  await session.withInstallation(async ({ providers }) => {
    const asked = await askWhereabouts();
    const { whereabouts, discovery } = await lookAround(session, providers, asked);
    const text = await decide({ session, providers }, { whereabouts, discovery });
    if (discovery !== null) await lookAtResult(session, providers, { text, whereabouts });
    const file = option(typed, 'out') ?? `${whereabouts.name}.yaml`;
    await createFile(file, text);
    session.output.result({ file, name: whereabouts.name, connector: whereabouts.connector }, () => file);
    end(nextSteps(file, whereabouts));
  });
}

interface Looked {
  readonly whereabouts: Whereabouts;
  /** Null: nobody could look; the file is written for later. */
  readonly discovery: Discovery | null;
}

/** Until it works, or somebody would rather write the file without having looked. */
async function lookAround({ signal }: Session, providers: ProviderAsks, asked: Whereabouts): Promise<Looked> {
  if (asked.connector === 'push') return { whereabouts: asked, discovery: null };
  for (let whereabouts = asked; ;) {
    try {
      const target = given(startingText(whereabouts), whereabouts, 'whereabouts');
      const look = async (): Promise<Discovery> => await providers.discover(target, signal);
      const discovery = await during('Connecting and looking around', look);
      if (discovery.tables.length > 0) return { whereabouts, discovery };
      warn('Nothing is there, or nothing that this login may read.');
    } catch (error) {
      signal.throwIfAborted();
      warn(failureText(error));
    }
    const next = await choose('How shall we go on?', [
      { value: 'again', label: 'Say again where it is' },
      { value: 'without', label: 'Write the file as it is, to be finished by hand' },
    ]);
    if (next === 'without') return { whereabouts, discovery: null };
    const { name, connector } = whereabouts;
    whereabouts = { ...whereabouts, ...(await askConnection(name, connector)) };
  }
}

/** @returns the file's text. */
async function decide(asking: Asking, { whereabouts, discovery }: Looked): Promise<string> {
  const { template } = whereabouts;
  if (discovery === null) return startingText(whereabouts);
  if (template !== null) {
    const found = discovery.applications.find((application) => application.template === template);
    if (found === undefined) warn('Its tables were not found there: is it the right database?');
    else tell(`Found in ${found.table}. The template says the rest; the file may overrule it.`);
    return startingText(whereabouts, found && { table: found.table });
  }
  const table = await askWhere(discovery);
  const found = table === null ? await askForQuery(asking, whereabouts) : discovery;
  const proposal = await askProposal(found, table);
  return definitionYaml(found, proposal, await askOnboarding());
}

interface Asking {
  readonly session: Session;
  readonly providers: ProviderAsks;
}

/** Until it runs. */
async function askForQuery({ session, providers }: Asking, whereabouts: Whereabouts): Promise<Discovery> {
  for (;;) {
    const query = await askText('The query, on one line: one SELECT that reads the people', {
      placeholder: 'SELECT id, login, mail FROM people JOIN …',
    });
    const target = given(startingText(whereabouts, { query }), whereabouts, 'whereabouts');
    try {
      return await during('Trying it', async () => await providers.discover(target, session.signal));
    } catch (error) {
      session.signal.throwIfAborted();
      warn(failureText(error));
    }
  }
}

async function askOnboarding(): Promise<Onboarding> {
  return await choose<Onboarding>('How do people who are new here sign in for the first time?', [
    { value: 'none', label: 'With the password they have at the provider' },
    {
      value: 'force-reset',
      label: 'With that password, once; then they choose a new one',
      hint: 'force password reset',
    },
    {
      value: 'pre-registration',
      label: 'By a link in an e-mail, where they choose their first password',
      hint: 'pre-registration',
    },
  ]);
}

/** What the checks say, and the first people as they would be. */
async function lookAtResult(
  { output, signal }: Session,
  providers: ProviderAsks,
  about: { readonly text: string; readonly whereabouts: Whereabouts },
): Promise<void> {
  try {
    const target = given(about.text, about.whereabouts, 'whole');
    const test = await during('Checking', async () => await providers.test(target, signal));
    tell(findingsText(output, test.findings));
    const records = await during(
      'Mapping the first people',
      async () => await providers.preview(target, SAMPLE, signal),
    );
    tell(previewTable(output, records));
  } catch (error) {
    signal.throwIfAborted();
    warn(failureText(error));
  }
  if (!(await askYes('Write the file?'))) throw left();
}

function given(
  text: string,
  { name, password }: Whereabouts,
  scope: 'whole' | 'whereabouts',
): GivenDefinition {
  const environment = { [passwordVariable(name)]: password };
  return parseDefinition(text, { path: 'The definition', environment, scope });
}

function nextSteps(file: string, { name, connector, connection }: Whereabouts): string {
  const variable = passwordVariable(name);
  const first = 'user' in connection ? [`read -rs ${variable} && export ${variable}`] : [];
  // Nothing is read from a system that pushes: it needs the key that it signs its posts with.
  const last = connector === 'push' ? `tributary provider key ${name}` : `tributary sync ${name} --dry-run`;
  return [`${file} is written. Next:`, ...first, `tributary provider apply -f ${file}`, last].join('\n   ');
}
