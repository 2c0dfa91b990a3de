export { openPostgres } from './connector.ts';
