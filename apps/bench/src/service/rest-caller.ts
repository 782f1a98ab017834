import { Agent, request } from 'node:http';
import { performance } from 'node:perf_hooks';

export interface Answered {
  readonly status: number;
  readonly body: unknown;
  /** From sending to the last byte of the answer. */
  readonly milliseconds: number;
}

/** One connection kept open, as a client library does: what is measured is the service, not TCP. */
export class RestCaller {
  private readonly agent = new Agent({ keepAlive: true });

  constructor(
    private readonly url: string,
    private readonly token: string,
  ) {}

  /** @throws Error for every status from 400 on, with the problem in it */
  async send(method: string, path: string, body?: unknown): Promise<Answered> {
    const startedAt = performance.now();
    const { status, text } = await this.exchange(method, `/api/v1${path}`, body);
    const milliseconds = performance.now() - startedAt;
    if (status >= 400) throw new Error(`${method} ${path} was answered with ${status}: ${text}`);
    return { status, body: text === '' ? undefined : JSON.parse(text), milliseconds };
  }

  close(): void {
    this.agent.destroy();
  }

  private exchange(method: string, path: string, body: unknown): Promise<{ status: number; text: string }> {
    const content = body === undefined ? undefined : JSON.stringify(body);
    const headers = {
      authorization: `Bearer ${this.token}`,
      ...(content !== undefined && {
        'content-type': 'application/json',
        'content-length': Buffer.byteLength(content),
      }),
    };
    return new Promise((resolve, reject) => {
      const options = { method, headers, agent: this.agent };
      const outgoing = request(new URL(path, this.url), options, (incoming) => {
        const chunks: Buffer[] = [];
        incoming.on('data', (chunk: Buffer) => chunks.push(chunk));
        incoming.on('error', reject);
        incoming.on('end', () =>
          resolve({ status: incoming.statusCode ?? 0, text: Buffer.concat(chunks).toString('utf8') }),
        );
      });
      outgoing.on('error', reject);
      outgoing.end(content);
    });
  }
}
