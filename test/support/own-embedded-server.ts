import { silentLogger } from './logger.ts';
import { startEmbeddedServer } from '../../src/store/embedded/start.ts';

/*
 * A Tributary reduced to its embedded server, for tests that kill one:
 * node --import tsx own-embedded-server.ts FOLDER
 */
const [directory = ''] = process.argv.slice(2);
const server = await startEmbeddedServer({ directory, logger: silentLogger });
process.stdout.write(`running ${String(server.pid)} ${String(server.port)}\n`);
process.stdin.resume();
setInterval(() => undefined, 60_000);
