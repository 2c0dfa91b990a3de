export { openPush } from './connector.ts';
