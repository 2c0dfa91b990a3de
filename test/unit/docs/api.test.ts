import { readFile } from 'node:fs/promises';
import { expect, it } from '@jest/globals';
import { WHO_MAY } from '../../../src/http/api/who-may.ts';
import { describeRoutes } from '../../../src/http/describe.ts';
import { apiReference, metricsReference } from '../../../src/http/reference.ts';

it('docs/reference/api.md is current (npm run docs:reference)', async () => {
  const reference = apiReference(await describeRoutes());
  expect(await readFile('docs/reference/api.md', 'utf8')).toBe(reference);
  for (const name of Object.keys(WHO_MAY))
    expect(reference).toContain(`### \`${name.replaceAll(/:(\w+)/g, '{$1}')}\``);
});

it('docs/reference/metrics.md is current (npm run docs:reference)', async () => {
  expect(await readFile('docs/reference/metrics.md', 'utf8')).toBe(metricsReference());
});
