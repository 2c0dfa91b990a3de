// `npm run demo`: installs and builds when needed, then is `bin/tributary demo`, in this same process so that signals arrive.
import { createRequire } from 'node:module';

process.argv.splice(2, 0, 'demo');
createRequire(import.meta.url)('../bin/tributary');
