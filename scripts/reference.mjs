// `npm run docs:reference`: writes the reference pages that are made from the code.
import { mkdirSync, writeFileSync } from 'node:fs';
import { prepare } from './prepare.mjs';

await prepare();
const { configReference } = await import('../dist/config/reference.js');
const { commandReference } = await import('../dist/src/cli/reference.js');
const { apiReference, metricsReference } = await import('../dist/src/http/reference.js');
const { describeRoutes } = await import('../dist/src/http/describe.js');
const folder = new URL('../docs/reference/', import.meta.url);
mkdirSync(folder, { recursive: true });
writeFileSync(new URL('configuration.md', folder), configReference());
writeFileSync(new URL('cli.md', folder), commandReference());
const { templateReference } = await import('../dist/connectors/templates/reference.js');
writeFileSync(new URL('templates.md', folder), templateReference());
writeFileSync(new URL('api.md', folder), apiReference(await describeRoutes()));
writeFileSync(new URL('metrics.md', folder), metricsReference());
