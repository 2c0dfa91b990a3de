import { walkRoad } from '../../contract/checks/road.ts';
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
    enter: async () => await pool.read(signal, async (run) => await run('SELECT 1', [])),
    fault: (error: unknown) => fault(error, subject, { step: 'tcp', phase: 'connect' }),
  };
  return await walkRoad(road, signal);
}
