import type { FastifyInstance, LightMyRequestResponse } from 'fastify';
import { Webhook } from 'standardwebhooks';

export interface PostOver {
  readonly id?: string;
  readonly at?: Date;
  readonly key?: string;
  readonly path?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

let count = 0;

/** A customer's system that pushes, and signs as the published library does. */
export class Sender {
  readonly #server: FastifyInstance;
  readonly #provider: string;
  key: string;

  constructor(server: FastifyInstance, provider: string, key: string) {
    this.#server = server;
    this.#provider = provider;
    this.key = key;
  }

  async post(body: unknown, over: PostOver = {}): Promise<LightMyRequestResponse> {
    return await this.postRaw(JSON.stringify(body), over);
  }

  /** @param payload signed as it is and sent as it is. */
  async postRaw(payload: string | Buffer, over: PostOver = {}): Promise<LightMyRequestResponse> {
    count += 1;
    const id = over.id ?? `msg_${String(count)}`;
    const at = over.at ?? new Date();
    const signature = new Webhook(over.key ?? this.key).sign(id, at, payload);
    return await this.#server.inject({
      method: 'POST',
      url: over.path ?? `/hooks/providers/${this.#provider}`,
      payload,
      headers: {
        'content-type': 'application/json',
        'webhook-id': id,
        'webhook-timestamp': String(Math.floor(at.getTime() / 1000)),
        'webhook-signature': signature,
        ...over.headers,
      },
    });
  }
}
