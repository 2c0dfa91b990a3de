import { Writable } from 'node:stream';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { Secret } from '../../../connectors/contract/secret.ts';
import type { Logger } from '../../../connectors/contract/tools.ts';
import { createLogger, type LoggerOptions } from '../../../src/kernel/logger.ts';

function capture(options: Partial<LoggerOptions> = {}): { logger: Logger; text: () => string } {
  const chunks: string[] = [];
  const stream = new Writable({
    write: (chunk: Buffer, _, done) => {
      chunks.push(chunk.toString());
      done();
    },
  });
  const logger = createLogger({ level: 'debug', format: 'text', colours: false, stream, ...options });
  return { logger, text: () => chunks.join('') };
}

const ESCAPE = String.fromCharCode(27);

describe.each(['text', 'json'] as const)('createLogger, %s', (format) => {
  it('prints no secret, whatever it is wrapped in', () => {
    const { logger, text } = capture({ format });
    const secret = new Secret('hunter2');
    logger.child({ secret, list: [secret] }).info('all sorts', {
      deep: { holder: secret, map: new Map([['a', secret]]), set: new Set([secret]) },
      password: 'hunter2',
      headers: { Authorization: 'Bearer hunter2', 'set-cookie': ['sid=hunter2'] },
      passwordHash: Buffer.from('hunter2'),
      url: 'postgres://user:hunter2@db.example/x',
      bytes: Buffer.from('hunter2'),
      error: new Error('cannot reach redis://:hunter2@redis.example', { cause: { token: 'hunter2' } }),
    });
    expect(text()).toContain('all sorts');
    expect(text()).not.toContain('hunter2');
    expect(text()).not.toContain(Buffer.from('hunter2').toString('base64'));
  });

  it('keeps what merely sounds like a secret', () => {
    const { logger, text } = capture({ format });
    logger.info('ids', { tokenId: 'T-1', passwordVersion: 3, hashMs: 12 });
    for (const value of ['T-1', '3', '12']) expect(text()).toContain(value);
  });

  it('prints errors with their causes, and not what databases quote', () => {
    const { logger, text } = capture({ format });
    const cause = Object.assign(new Error('duplicate key value'), {
      code: '23505',
      constraint: 'profiles_username_key',
      detail: 'Key (username)=(anna.berg) already exists.',
      where: 'COPY profiles, line 3: anna.berg',
      parameters: ['anna.berg'],
      query: "INSERT … 'anna.berg'",
    });
    logger.error('run failed', { error: new Error('the batch failed', { cause }) });
    for (const told of [
      'the batch failed',
      'duplicate key value',
      '23505',
      'profiles_username_key',
      'logger.test',
    ])
      expect(text()).toContain(told);
    expect(text()).not.toContain('anna.berg');
  });

  it('prints one line for any message and fields, and survives what cannot be read', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'binary' }),
        fc.object({ withBigInt: true, withDate: true, withMap: true }),
        (message, fields) => {
          const { logger, text } = capture({ format });
          logger.info(message, { fields });
          const printed = text();
          expect(printed.indexOf('\n')).toBe(printed.length - 1);
          expect(printed.slice(0, -1)).not.toMatch(/[\p{Cc}\u2028\u2029\u202e]/u);
          if (format === 'json') expect(() => JSON.parse(printed) as unknown).not.toThrow();
        },
      ),
    );
    const { logger, text } = capture({ format });
    const loop: Record<string, unknown> = {
      get broken(): string {
        throw new Error('no');
      },
    };
    loop['self'] = loop;
    logger.info('odd', loop);
    expect(text()).toContain('[unreadable]');
    expect(text()).toContain('[circular]');
  });

  it('leaves out what is below its level', () => {
    const { logger, text } = capture({ format, level: 'warn' });
    logger.info('quiet');
    logger.warn('loud');
    expect(text()).toContain('loud');
    expect(text()).not.toContain('quiet');
  });
});

it('keeps a field called message apart from the message', () => {
  const { logger, text } = capture({ format: 'json' });
  logger.child({ part: 'relay' }).info('kept', { message: 'other', level: 'error' });
  expect(JSON.parse(text())).toMatchObject({ message: 'kept', level: 'info', part: 'relay' });
});

it('colours only when told to', () => {
  const { logger, text } = capture({ colours: true });
  logger.info('bright');
  expect(text()).toContain(ESCAPE);
  const plain = capture();
  plain.logger.info('plain');
  expect(plain.text()).not.toContain(ESCAPE);
});
