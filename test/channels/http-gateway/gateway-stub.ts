/** A small SMS gateway on this machine: answers as told, and keeps a log of what came and of what it accepted. */
import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface Came {
  method: string | undefined;
  url: string | undefined;
  headers: IncomingHttpHeaders;
  body: string;
}
export interface Reply {
  status?: number;
  headers?: Record<string, string>;
  /** JSON, or a page as it is. */
  body?: unknown;
  /** Takes the message, then: never answers, or breaks the connection. */
  then?: 'hang' | 'break';
}

export class GatewayStub {
  /** Every request, in the order in which they came. */
  readonly came: Came[] = [];
  /** The bodies that were accepted: those which the gateway would send on. */
  readonly accepted: string[] = [];
  reply: (request: Came) => Reply = () => ({ status: 202, body: { id: `gw-${this.came.length}` } });
  #server: Server | undefined;

  async start(): Promise<this> {
    this.#server = createServer((request, response) => {
      let body = '';
      request.setEncoding('utf8').on('data', (chunk: string) => (body += chunk));
      request.on('end', () => {
        const came = { method: request.method, url: request.url, headers: request.headers, body };
        this.came.push(came);
        const reply = this.reply(came);
        const { status = 200, headers = {}, then } = reply;
        if (then !== undefined || status < 300) this.accepted.push(body);
        if (then === 'break') request.socket.destroy();
        if (then !== undefined) return;
        const answer = typeof reply.body === 'string' ? reply.body : JSON.stringify(reply.body ?? {});
        response.writeHead(status, headers).end(answer);
      });
    }).listen(0, '127.0.0.1');
    await new Promise((resolve) => this.#server?.once('listening', resolve));
    return this;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server?.address() as AddressInfo).port}/v1/messages`;
  }

  async stop(): Promise<void> {
    const server = this.#server;
    await new Promise((resolve) => {
      server?.close(resolve);
      server?.closeAllConnections();
    });
  }
}
