import { once } from 'node:events';
import { createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { afterEach, describe, expect, it } from '@jest/globals';
import type { Connector } from '../../connectors/contract/connector.ts';
import { openMysql } from '../../connectors/mysql/index.ts';
import { Secret } from '../../connectors/contract/secret.ts';
import { silentLogger } from '../support/logger.ts';
import { never } from './fixture.ts';

const PASSWORD = 'canary password';
/** What the protocol calls the abilities of a server: 4.1, transactions, secure passwords, plugins. */
const ABILITIES = 0x0008_a201;
const OK = Buffer.from([0x00, 0x00, 0x00, 0x02, 0x00, 0x00, 0x00]);
const END = Buffer.from([0xfe, 0x00, 0x00, 0x02, 0x00]);

/** A packet of the protocol: three bytes of length, a number, the payload. */
function packet(number: number, payload: Buffer): Buffer {
  const header = Buffer.alloc(4);
  header.writeUIntLE(payload.length, 0, 3);
  header.writeUInt8(number & 0xff, 3);
  return Buffer.concat([header, payload]);
}

function greeting(plugin = 'mysql_native_password'): Buffer {
  const low = Buffer.alloc(2);
  low.writeUInt16LE(ABILITIES & 0xffff);
  const high = Buffer.alloc(2);
  high.writeUInt16LE(ABILITIES >>> 16);
  const text = (value: string): Buffer => Buffer.from(`${value}\0`);
  return packet(
    0,
    Buffer.concat([
      Buffer.from([10]),
      text('10.11.0-MariaDB'),
      Buffer.from([1, 0, 0, 0]),
      Buffer.from('12345678'),
      Buffer.from([0]),
      low,
      Buffer.from([45, 2, 0]),
      high,
      Buffer.from([21]),
      Buffer.alloc(10),
      text('123456789012'),
      text(plugin),
    ]),
  );
}

const field = Buffer.concat([
  Buffer.from('\x03def\x00\x00\x00\x01a\x00'),
  Buffer.from([0x0c, 45, 0, 4, 0, 0, 0, 0xfd, 0, 0, 0, 0, 0]),
]);

/** What a server says to everything it hears after its greeting; `n` counts from 0. */
type Answer = (socket: Socket, heard: Buffer, n: number) => void;

describe('a server that means harm', () => {
  let server: Server | null = null;
  let connector: Connector | null = null;
  let heard = Buffer.alloc(0);

  afterEach(async () => {
    await connector?.[Symbol.asyncDispose]();
    server?.close();
  });

  async function against(answer: Answer, first = greeting()): Promise<unknown> {
    heard = Buffer.alloc(0);
    server = createServer((socket) => {
      let n = 0;
      socket.on('error', () => undefined);
      socket.on('data', (data) => {
        heard = Buffer.concat([heard, data]);
        answer(socket, data, n);
        n += 1;
      });
      if (first.length > 0) socket.write(first);
    }).listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    connector = openMysql(
      {
        name: 'rogue',
        connection: { host: 'db.example', port, database: 'd', user: 'u', tls: 'disable' },
        password: new Secret(PASSWORD),
        source: { table: 'people', key: ['id'] },
        columns: ['mail'],
        passwordColumn: null,
        changes: { mode: 'none' },
        writeBack: null,
      },
      {
        logger: silentLogger,
        resolve: () => Promise.resolve('127.0.0.1'),
        locate: (file) => Promise.resolve(file),
      },
    );
    return await connector.records.count(never).then(
      () => null,
      (error: unknown) => error,
    );
  }

  /** Lets the client in, and answers its first question. */
  const letIn =
    (answer: (socket: Socket) => void): Answer =>
    (socket, _, n) => {
      if (n === 1) answer(socket);
      else socket.write(packet(n === 0 ? 2 : 3, OK));
    };

  it('is given no file of ours', async () => {
    const request = Buffer.concat([Buffer.from([0xfb]), Buffer.from('/etc/passwd')]);
    const error = await against(letIn((socket) => socket.write(packet(1, request))));
    expect(error).toMatchObject({ name: 'ConnectorError' });
    expect(heard.toString('latin1')).not.toContain('root:');
    // The ability to send files is not even claimed.
    expect(heard.readUInt32LE(4) & 0x80).toBe(0);
  });

  it('is not given the password in clear text, whether it asks for it at once or later', async () => {
    const change = Buffer.from('\xfemysql_clear_password\0', 'latin1');
    const later = await against((socket, _, n) => {
      if (n === 0) socket.write(packet(2, change));
    });
    expect(later).toMatchObject({ code: 'SOURCE_LOGIN_REFUSED' });
    expect(heard.toString('latin1')).not.toContain(PASSWORD);
    await connector?.[Symbol.asyncDispose]();
    server?.close();
    await against((socket, _, n) => {
      if (n === 0) socket.write(packet(2, change));
    }, greeting('mysql_clear_password'));
    expect(heard.toString('latin1')).not.toContain(PASSWORD);
  });

  it.each(['toString', '__proto__', 'dialog'])('gets nowhere with the plugin %s', async (plugin) => {
    const change = Buffer.from(`\xfe${plugin}\0`, 'latin1');
    const error = await against((socket, _, n) => {
      if (n === 0) socket.write(packet(2, change));
    });
    expect(error).toMatchObject({ name: 'ConnectorError' });
    expect(heard.toString('latin1')).not.toContain(PASSWORD);
  });

  it('cannot fill our memory with rows that do not end', async () => {
    const rows = Array.from({ length: 256 * 40 }, (_, n) => packet(n + 4, Buffer.from('\x01x')));
    const many = Buffer.concat(rows);
    const error = await against(
      letIn((socket) => {
        socket.write(packet(1, Buffer.from([1])));
        socket.write(packet(2, field));
        socket.write(packet(3, END));
        const more = (): void => {
          while (!socket.destroyed && socket.write(many));
        };
        socket.on('drain', more);
        more();
      }),
    );
    expect(error).toMatchObject({ code: 'SOURCE_FAILED' });
  });

  it('cannot make us wait by saying nothing', async () => {
    const mute = await against(() => undefined, Buffer.alloc(0));
    expect(mute).toMatchObject({ code: 'SOURCE_UNREACHABLE' });
  });
});
