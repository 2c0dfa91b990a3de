import { describe, expect, it } from '@jest/globals';
import { SlowestRecent } from '../../../src/passwords/slowest-recent.ts';

describe('SlowestRecent', () => {
  it('holds the slowest, and forgets half of it every ten minutes', () => {
    let now = 0;
    const slowest = new SlowestRecent(() => now);
    expect(slowest.value()).toBe(0);
    slowest.note(800);
    slowest.note(20);
    expect(slowest.value()).toBe(800);
    now += 600_000;
    expect(slowest.value()).toBeCloseTo(400);
    slowest.note(450);
    expect(slowest.value()).toBe(450);
  });

  it('notes work that failed too', async () => {
    let now = 0;
    const slowest = new SlowestRecent(() => now);
    const work = async (): Promise<never> => {
      now += 700;
      return await Promise.reject(new Error('no'));
    };
    await expect(slowest.measure(work)).rejects.toThrow('no');
    expect(slowest.value()).toBe(700);
  });
});
