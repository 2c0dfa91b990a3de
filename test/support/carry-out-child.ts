import { carryOutRun } from '../../src/app/runs/carry-out-run.ts';
import { newId } from '../../src/kernel/ids.ts';
import { openChildContext, type ChildOrder } from './child-context.ts';

/*
 * A worker process of its own: carries out one run and ends. Tests kill it, and
 * the benchmark measures it. Arguments come as JSON in CARRY_OUT.
 */

const order = JSON.parse(process.env['CARRY_OUT'] ?? '{}') as ChildOrder & { readonly runId: string };
const context = await openChildContext(order);
const { signal } = new AbortController();
const outcome = await carryOutRun(context, order.runId, { owner: newId(), signal });
const { maxRSS } = process.resourceUsage();
process.stdout.write(`${JSON.stringify({ state: outcome.state, peakKiB: maxRSS })}\n`, () => process.exit(0));
