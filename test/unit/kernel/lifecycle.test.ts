import { EventEmitter, once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from '@jest/globals';
import { Lifecycle } from '../../../src/kernel/lifecycle.ts';
import { stopOnSignal } from '../../../src/kernel/stop-on-signal.ts';
import { silentLogger } from '../../support/logger.ts';

describe('Lifecycle', () => {
  it('releases in reverse, each part once, however often it is stopped', async () => {
    const lifecycle = new Lifecycle(silentLogger);
    const released: string[] = [];
    for (const name of ['a', 'b', 'c'])
      await lifecycle.acquire(
        name,
        () => name,
        async (part) => {
          await sleep(1);
          released.push(part);
        },
      );
    await Promise.all([lifecycle.stop(), lifecycle.stop()]);
    await lifecycle.stop();
    expect(released).toEqual(['c', 'b', 'a']);
  });

  it('releases the others when one fails, and throws the first failure', async () => {
    const lifecycle = new Lifecycle(silentLogger);
    const released: string[] = [];
    for (const name of ['a', 'b', 'c'])
      await lifecycle.acquire(
        name,
        () => name,
        (part) => {
          released.push(part);
          if (part !== 'a') throw new Error(`${part} is stuck`);
        },
      );
    await expect(lifecycle.stop()).rejects.toThrow('c is stuck');
    expect(released).toEqual(['c', 'b', 'a']);
  });

  it('holds nothing that could not be acquired', async () => {
    const lifecycle = new Lifecycle(silentLogger);
    const released: string[] = [];
    const failed = lifecycle.acquire(
      'a',
      () => Promise.reject(new Error('taken')),
      () => released.push('a'),
    );
    await expect(failed).rejects.toThrow('taken');
    await lifecycle.stop();
    expect(released).toEqual([]);
  });

  it('waits for what is being acquired when the stop comes, and releases it', async () => {
    const lifecycle = new Lifecycle(silentLogger);
    const released: string[] = [];
    const slow = lifecycle.acquire(
      'slow',
      () => sleep(20, 'slow'),
      (part) => released.push(part),
    );
    const stopped = lifecycle.stop();
    await expect(slow).rejects.toMatchObject({ code: 'STOPPING' });
    await stopped;
    expect(released).toEqual(['slow']);
    expect(lifecycle.signal.aborted).toBe(true);
    await expect(
      lifecycle.acquire(
        'late',
        () => 1,
        () => undefined,
      ),
    ).rejects.toMatchObject({ code: 'STOPPING' });
  });
});

describe('stopOnSignal', () => {
  const start = (release: () => unknown, limitMs = 30_000) => {
    const lifecycle = new Lifecycle(silentLogger);
    const from = new EventEmitter();
    const exits: number[] = [];
    const clock = { now: 0 };
    const exited = new EventEmitter();
    const exit = (code: number): void => {
      exits.push(code);
      exited.emit('exit');
    };
    // The last of the two it listens to: from then on a signal is heard.
    const ready = new Promise<void>((resolve) => {
      from.on('newListener', (name) => {
        if (name === 'SIGINT') resolve();
      });
    });
    const signals = { from, exit, logger: silentLogger, limitMs, now: () => clock.now };
    const done = lifecycle.acquire('part', () => 1, release).then(() => stopOnSignal(lifecycle, signals));
    return { from, exits, exited, done, clock, ready };
  };

  it('stops and answers 0, or 1 when a part fails', async () => {
    const good = start(() => undefined);
    await good.ready;
    good.from.emit('SIGTERM', 'SIGTERM');
    expect(await good.done).toBe(0);
    const bad = start(() => Promise.reject(new Error('stuck')));
    await bad.ready;
    bad.from.emit('SIGINT', 'SIGINT');
    expect(await bad.done).toBe(1);
  });

  it('takes the same signal twice within half a second for one, and a later one as an order', async () => {
    let release: () => void = () => undefined;
    const held = new Promise<void>((resolve) => (release = resolve));
    const { from, exits, ready, done, clock } = start(() => held);
    await ready;
    from.emit('SIGINT', 'SIGINT');
    from.emit('SIGINT', 'SIGINT');
    expect(exits).toEqual([]);
    clock.now += 500;
    from.emit('SIGINT', 'SIGINT');
    expect(exits).toEqual([]);
    clock.now += 1;
    from.emit('SIGINT', 'SIGINT');
    expect(exits).toEqual([1]);
    release();
    await done;
  });

  it('gives up after the limit', async () => {
    let release: () => void = () => undefined;
    const held = new Promise<void>((resolve) => (release = resolve));
    const { from, exits, exited, ready, done } = start(() => held, 20);
    await ready;
    const gone = once(exited, 'exit');
    from.emit('SIGTERM', 'SIGTERM');
    await gone;
    expect(exits).toEqual([1]);
    release();
    await done;
  });
});
