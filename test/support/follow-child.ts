import { startFollowers } from '../../jobs/followers.ts';
import { openChildContext, type ChildOrder } from './child-context.ts';

/* A worker process of its own that follows providers until it is stopped or killed. Its order comes as JSON in FOLLOW. */

const context = await openChildContext(JSON.parse(process.env['FOLLOW'] ?? '{}') as ChildOrder);
const followers = startFollowers(context);
process.on('SIGTERM', () => {
  void Promise.resolve(followers[Symbol.asyncDispose]()).then(() => process.exit(0));
});
process.stdout.write('following\n');
