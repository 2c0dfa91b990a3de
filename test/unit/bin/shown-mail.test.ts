import { describe, expect, it } from '@jest/globals';
import { shownMailDirectory } from '../../../src/bin/mail.ts';

describe('captured mail', () => {
  it.each([
    ['http://localhost:4600', '/data/mail'],
    ['http://127.0.0.1:4600', '/data/mail'],
    ['http://[::1]:4600', '/data/mail'],
    ['https://access.acme.example', null],
    ['https://localhost.acme.example', null],
  ])('is shown at %s: %j', (publicUrl, directory) => {
    expect(shownMailDirectory({ smtpUrl: null, publicUrl, dataDirectory: '/data' })).toBe(directory);
  });

  it('is not shown when mail is really sent', () => {
    const config = {
      smtpUrl: () => 'smtp://mail.example',
      publicUrl: 'http://localhost:4600',
      dataDirectory: '/data',
    };
    expect(shownMailDirectory(config)).toBeNull();
  });
});
