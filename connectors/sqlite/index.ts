export { openSqlite } from './connector.ts';
