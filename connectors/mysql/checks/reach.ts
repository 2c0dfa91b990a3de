import type { Finding } from '../../contract/connector.ts';
import { walkRoad } from '../../contract/checks/road.ts';
import { writtenColumns } from '../../contract/writable.ts';
import { probeTcp } from '../probe.ts';
import { fault } from './faults.ts';
import type { CheckSubject } from './subject.ts';

/** The road to the server, asked with this driver. */
export async function checkReach(subject: CheckSubject, signal: AbortSignal): ReturnType<typeof walkRoad> {
  const { options, tools, tell, pool } = subject;
  const road = {
    connection: options.connection,
    tools,
    tell,
    probe: async (address: string, port: number) => await probeTcp(address, port, signal),
    enter: async () => await pool.read(signal, async (run) => await run('SELECT 1')),
    fault: (error: unknown) => fault(error, subject, { step: 'tcp', phase: 'connect' }),
  };
  const { findings, connected } = await walkRoad(road, signal);
  return {
    findings: connected ? findings : [...findings, ...findings.flatMap((one) => alsoDenied(one, subject))],
    connected,
  };
}

/** Without any right in the database the login is let in and shown the door: nothing can be written then either. */
function alsoDenied(found: Finding, { options }: CheckSubject): readonly Finding[] {
  const denied = found.code === 'SOURCE_PERMISSION_DENIED' && writtenColumns(options).length > 0;
  return denied ? [{ ...found, step: 'write-back' }] : [];
}
