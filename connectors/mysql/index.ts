export { openMysql } from './connector.ts';
