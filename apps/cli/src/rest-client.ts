import { setTimeout as sleep } from 'node:timers/promises';
import { ProblemRefused, Refused, ServiceUnavailable } from './failures';
import type { Problem } from './failures';
import type { Settings } from './settings';

export type Query = Readonly<Record<string, string | number | boolean | undefined>>;

export interface RequestOptions {
  readonly query?: Query;
  /** Sent as JSON. */
  readonly body?: unknown;
  /** Sent as it is, in place of `body`. */
  readonly stream?: ReadableStream<Uint8Array>;
  readonly idempotencyKey?: string;
  readonly timeoutSeconds?: number;
  /** The route needs no token. */
  readonly public?: boolean;
}

interface Page<Item> {
  readonly items: readonly Item[];
  readonly nextCursor: string | null;
}

const largestPage = 100;
const defaultTimeoutSeconds = 30;
const mostAttempts = 10;
const longestPauseSeconds = 2;

/** The public REST interface. A read shows what this client wrote before it. */
export class RestClient {
  private position: string | undefined;

  constructor(private readonly settings: Pick<Settings, 'url' | 'token'>) {}

  get<Answer>(path: string, query?: Query): Promise<Answer> {
    return this.json('GET', path, query && { query });
  }

  post<Answer>(path: string, body?: unknown, options: RequestOptions = {}): Promise<Answer> {
    return this.json('POST', path, { ...options, ...(body !== undefined && { body }) });
  }

  patch<Answer>(path: string, body: unknown): Promise<Answer> {
    return this.json('PATCH', path, { body });
  }

  async delete(path: string): Promise<void> {
    await this.send('DELETE', path);
  }

  /** Every item of a list, page by page as it is read; at most `limit`. */
  async *items<Item>(path: string, query: Query = {}, limit = Infinity): AsyncGenerator<Item> {
    let left = limit;
    let { after } = query;
    while (left > 0) {
      const page: Page<Item> = await this.get(path, { ...query, limit: Math.min(left, largestPage), after });
      yield* page.items;
      left -= page.items.length;
      if (page.nextCursor === null) return;
      after = page.nextCursor;
    }
  }

  async list<Item>(path: string, query?: Query, limit?: number): Promise<Item[]> {
    const items: Item[] = [];
    for await (const item of this.items<Item>(path, query, limit)) items.push(item);
    return items;
  }

  /** @throws ProblemRefused, ServiceUnavailable */
  async send(method: string, path: string, options: RequestOptions = {}): Promise<Response> {
    const response = await this.patient(method, path, options);
    this.position = response.headers.get('Flowledger-Position') ?? this.position;
    if (response.ok) return response;
    const problem = await problemOf(response);
    if (response.status === 503) throw new ServiceUnavailable(`${problem.title}: ${problem.detail}`);
    throw new ProblemRefused(problem);
  }

  /** A read is tried again when the service says when: its read models are a little behind. */
  private async patient(method: string, path: string, options: RequestOptions): Promise<Response> {
    for (let attempt = 1; ; attempt++) {
      const response = await this.answer(method, path, options);
      const seconds = Number(response.headers.get('Retry-After') ?? Number.NaN);
      const again = method === 'GET' && response.status === 503 && attempt < mostAttempts;
      if (!again || !(seconds <= longestPauseSeconds)) return response;
      await response.body?.cancel();
      await sleep(seconds * 1000);
    }
  }

  private async json<Answer>(method: string, path: string, options?: RequestOptions): Promise<Answer> {
    const response = await this.send(method, path, options);
    const text = await response.text();
    try {
      return (text === '' ? undefined : JSON.parse(text)) as Answer;
    } catch {
      throw new Refused(
        `${this.settings.url.href} answered ${method} ${path} with something that is not JSON`,
      );
    }
  }

  /** The answer whatever its status. @throws ServiceUnavailable when there is none */
  async answer(method: string, path: string, options: RequestOptions = {}): Promise<Response> {
    const url = new URL(path, this.settings.url);
    for (const [name, value] of Object.entries(options.query ?? {})) {
      if (value !== undefined) url.searchParams.set(name, String(value));
    }
    const { stream, body, timeoutSeconds = defaultTimeoutSeconds } = options;
    const content = stream ?? (body === undefined ? undefined : JSON.stringify(body));
    const request = {
      method,
      headers: this.headers(method, options),
      redirect: 'error',
      signal: AbortSignal.timeout(timeoutSeconds * 1000),
      ...(content !== undefined && { body: content }),
      ...(stream && { duplex: 'half' }),
    } as RequestInit;
    try {
      return await fetch(url, request);
    } catch (error) {
      throw new ServiceUnavailable(`${this.settings.url.origin} does not answer (${reasonOf(error)})`);
    }
  }

  private headers(method: string, options: RequestOptions): Record<string, string> {
    const headers: Record<string, string> = { accept: 'application/json' };
    if (!options.public) headers.authorization = `Bearer ${this.settings.token()}`;
    if (options.stream) headers['content-type'] = 'application/octet-stream';
    else if (options.body !== undefined) headers['content-type'] = 'application/json';
    if (options.idempotencyKey) headers['idempotency-key'] = options.idempotencyKey;
    if (method === 'GET' && this.position) headers['flowledger-at-least'] = this.position;
    return headers;
  }
}

async function problemOf(response: Response): Promise<Problem> {
  const text = await response.text();
  const { status } = response;
  try {
    const { title, code, detail, errors } = JSON.parse(text) as Partial<Problem>;
    return {
      title: title ?? `HTTP ${status}`,
      status,
      code: code ?? '',
      detail: detail ?? '',
      errors: errors ?? [],
    };
  } catch {
    return { title: `HTTP ${status}`, status, code: '', detail: text.slice(0, 200) || response.statusText };
  }
}

/** `fetch` hides the reason in the cause, and inside an AggregateError when a name has several addresses. */
function reasonOf(error: unknown): string {
  const { name, message, cause } = error as Error & { cause?: unknown };
  if (name === 'TimeoutError') return 'no answer in time';
  const inner = cause instanceof AggregateError ? (cause.errors[0] as unknown) : cause;
  const code = (inner as NodeJS.ErrnoException | undefined)?.code;
  if (code === 'ECONNREFUSED') return 'nobody listens there; "flowledger start" starts the service';
  return code ?? (inner instanceof Error ? inner.message : message);
}
