import { mkdtemp, rm } from 'node:fs/promises';
import { request } from 'node:http';
import type { IncomingHttpHeaders } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import { readConfig } from '../../../apps/standalone/src/config';
import { Service } from '../../../apps/standalone/src/service';

export interface Answered {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly text: string;
  /** Empty when the answer is no JSON. */
  readonly body: Readonly<Record<string, unknown>>;
}

export interface Sent {
  readonly token?: string | null;
  readonly headers?: Readonly<Record<string, string>>;
  /** Strings and bytes go as they are, everything else as JSON. */
  readonly body?: unknown;
}

/** Speaks HTTP to one service; every header can be set, Host too. */
export class RestClient {
  constructor(
    private readonly url: string,
    readonly token: string,
  ) {}

  get = (path: string, sent: Sent = {}) => this.send('GET', path, sent);
  post = (path: string, body?: unknown, sent: Sent = {}) => this.send('POST', path, { ...sent, body });
  put = (path: string, body: unknown, sent: Sent = {}) => this.send('PUT', path, { ...sent, body });
  patch = (path: string, body: unknown, sent: Sent = {}) => this.send('PATCH', path, { ...sent, body });
  delete = (path: string, sent: Sent = {}) => this.send('DELETE', path, sent);

  send(method: string, path: string, { token = this.token, headers = {}, body }: Sent): Promise<Answered> {
    const raw = typeof body === 'string' || body instanceof Uint8Array || body === undefined;
    const bytes = raw ? body : JSON.stringify(body);
    const all = {
      ...(token && { authorization: `Bearer ${token}` }),
      ...(bytes !== undefined && { 'content-type': 'application/json' }),
      ...headers,
    };
    return new Promise((resolve, reject) => {
      const outgoing = request(new URL(path, this.url), { method, headers: all }, (incoming) => {
        const chunks: Buffer[] = [];
        incoming.on('data', (chunk: Buffer) => chunks.push(chunk));
        incoming.on('error', reject);
        incoming.on('end', () => {
          const text = Buffer.concat(chunks).toString('utf8');
          const isJson = /[/+]json/.test(incoming.headers['content-type'] ?? '');
          const body = isJson ? (JSON.parse(text) as Answered['body']) : {};
          resolve({ status: incoming.statusCode!, headers: incoming.headers, text, body });
        });
      });
      outgoing.on('error', reject);
      outgoing.end(bytes);
    });
  }
}

/** The real service on embedded stores in a directory of its own, on a free port. */
export async function startService(settings: Readonly<Record<string, string>> = {}) {
  const directory = await mkdtemp(join(tmpdir(), 'flowledger-rest-'));
  const token = 'root-token-of-this-test';
  const environment = {
    FLOWLEDGER_DATA_DIR: directory,
    FLOWLEDGER_PORT: '0',
    FLOWLEDGER_ROOT_TOKEN: token,
    FLOWLEDGER_NETFLOW_PORT: 'off',
    FLOWLEDGER_SFLOW_PORT: 'off',
    ...settings,
  };
  const lines: string[] = [];
  const logger = pino({ level: 'info' }, { write: (line: string) => void lines.push(line) });
  const service = await Service.start(readConfig(environment, false), logger);
  const client = new RestClient(service.url, token);
  const stop = async () => {
    await service.stop();
    await rm(directory, { recursive: true, force: true });
  };
  return { client, directory, lines, stop };
}
