import { describe, expect, it } from '@jest/globals';
import { beginRefusal, REFUSAL_MS } from '../../../../src/app/passwords/answer-time.ts';

async function refusalAfter(slowestMs: number): Promise<number> {
  const started = performance.now();
  await beginRefusal({ slowestRecentMs: () => slowestMs })();
  return performance.now() - started;
}

describe('a refusal', () => {
  it('leaves no sooner than the slowest verification of late would have let it', async () => {
    const [quick, slow] = await Promise.all([refusalAfter(15), refusalAfter(730)]);
    // Timers may be a millisecond early.
    expect(quick).toBeGreaterThanOrEqual(REFUSAL_MS - 1);
    expect(slow).toBeGreaterThanOrEqual(899);
  });
});
