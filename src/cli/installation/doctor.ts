import { diagnose, look, type Diagnosis } from '../../app/installation/diagnose.ts';
import { asError } from '../../kernel/errors.ts';
import type { ExitCode, Session } from '../command.ts';
import { remedyOf } from '../report-error.ts';
import type { OpenContext } from '../runtime.ts';

const COLOURS = { ok: 'green', warn: 'yellow', fail: 'red' } as const;
const LEAST_NODE = [20, 19] as const;

/** Looks at everything, whatever it finds first. @returns 1 when something is broken. */
export async function doctor(session: Session): Promise<ExitCode> {
  const { output } = session;
  const found = [node(), ...(await lookInside(session))];
  const width = Math.max(...found.map(({ name }) => name.length));
  output.result(found, () => found.map((one) => line(session, one, width)).join('\n'));
  return found.some(({ state }) => state === 'fail') ? 1 : 0;
}

function line({ output }: Session, { name, state, detail, remedy }: Diagnosis, width: number): string {
  const next = remedy === '' ? '' : `\n${' '.repeat(width + 7)}${remedy}`;
  return `${output.style(COLOURS[state], state.padEnd(5))} ${name.padEnd(width)} ${detail}${next}`;
}

function node(): Diagnosis {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  const good = major > LEAST_NODE[0] || (major === LEAST_NODE[0] && minor >= LEAST_NODE[1]);
  const remedy = good ? '' : 'Install Node 20.19 or later.';
  return { name: 'Node', state: good ? 'ok' : 'fail', detail: process.versions.node, remedy };
}

async function lookInside(session: Session): Promise<readonly Diagnosis[]> {
  const { runtime } = session;
  const readable = async (): Promise<string> => {
    await runtime.config();
    return 'every setting is usable';
  };
  const configuration = await look('configuration', readable, remedyOf);
  if (configuration.state === 'fail') return [configuration];
  const opened = await runtime.openContext({ migrations: 'ignore' }).catch(asError);
  if (opened instanceof Error)
    return [configuration, await look('store and key', () => Promise.reject(opened), remedyOf)];
  return [configuration, ...(await lookAt(session, opened))];
}

async function lookAt({ runtime }: Session, opened: OpenContext): Promise<readonly Diagnosis[]> {
  await using _released = opened;
  return await diagnose(opened.context, await runtime.probes(opened.context));
}
