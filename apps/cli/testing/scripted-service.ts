import { createServer } from 'node:http';
import type { IncomingHttpHeaders, Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Surroundings } from '../src/cli';

export interface Received {
  readonly method: string;
  readonly url: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

export interface Answer {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: unknown;
}

/** A loopback HTTP server that answers as told and keeps what it was asked. */
export class ScriptedService {
  readonly received: Received[] = [];

  private constructor(private readonly server: Server) {}

  static async start(answer: (request: Received) => Answer): Promise<ScriptedService> {
    const server = createServer((request, response) => {
      const chunks: Buffer[] = [];
      request.on('data', (chunk: Buffer) => chunks.push(chunk));
      request.on('end', () => {
        const { method = '', url = '', headers } = request;
        const received = { method, url, headers, body: Buffer.concat(chunks).toString('latin1') };
        service.received.push(received);
        const { status = 200, headers: sent = {}, body } = answer(received);
        response.writeHead(status, { 'content-type': 'application/json', ...sent });
        response.end(body === undefined ? undefined : JSON.stringify(body));
      });
    });
    const service = new ScriptedService(server);
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return service;
  }

  get url(): URL {
    return new URL(`http://127.0.0.1:${(this.server.address() as AddressInfo).port}`);
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }
}

/** What a command wrote, in place of a terminal. */
export class Screen implements Surroundings {
  readonly environment: NodeJS.ProcessEnv;
  private readonly written = { answers: '', remarks: '' };
  readonly answers = { write: (text: string) => (this.written.answers += text) };
  readonly remarks = { write: (text: string) => (this.written.remarks += text) };

  constructor(url: URL, environment: NodeJS.ProcessEnv = {}) {
    this.environment = { FLOWLEDGER_URL: url.origin, FLOWLEDGER_TOKEN: 'fl_secret', ...environment };
  }

  get stdout(): string {
    return this.written.answers;
  }

  get stderr(): string {
    return this.written.remarks;
  }
}
