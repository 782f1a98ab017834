/** An answer as it came. `body` is empty when there was none. */
export interface ApiAnswer<Body> {
  readonly status: number;
  readonly headers: Headers;
  readonly body: Body;
}

export interface Problem {
  readonly code: string;
  readonly detail: string;
}

/** A request that was refused, or answered otherwise than hoped. */
export class UnexpectedAnswer extends Error {
  constructor(
    what: string,
    readonly status: number,
    readonly code: string,
    detail: string,
  ) {
    super(`${what}: ${status} ${code} ${detail}`);
  }
}

/** The REST door of one service; the address changes when the service is started again. */
export class ApiClient {
  url = '';

  constructor(private readonly token: string) {}

  async send<Body = unknown>(
    method: string,
    path: string,
    body?: unknown,
    headers: Readonly<Record<string, string>> = {},
  ): Promise<ApiAnswer<Body>> {
    const isBinary = body instanceof Uint8Array;
    const contentType = isBinary ? 'application/octet-stream' : 'application/json';
    const answer = await fetch(`${this.url}${path}`, {
      method,
      headers: {
        authorization: `Bearer ${this.token}`,
        ...(body !== undefined && { 'content-type': contentType }),
        ...headers,
      },
      ...(body !== undefined && { body: isBinary ? new Uint8Array(body) : JSON.stringify(body) }),
    });
    const text = await answer.text();
    const parsed = (text === '' ? {} : JSON.parse(text)) as Body;
    return { status: answer.status, headers: answer.headers, body: parsed };
  }

  /** @throws UnexpectedAnswer for everything but 2xx */
  async call<Body = unknown>(method: string, path: string, body?: unknown, key?: string): Promise<Body> {
    const headers: Record<string, string> = key ? { 'idempotency-key': key } : {};
    const answer = await this.send<Body>(method, `/api/v1${path}`, body, headers);
    if (answer.status >= 200 && answer.status < 300) return answer.body;
    const { code, detail } = answer.body as Problem;
    throw new UnexpectedAnswer(`${method} ${path}`, answer.status, code, detail);
  }

  get = <Body>(path: string) => this.call<Body>('GET', path);
  post = <Body = unknown>(path: string, body?: unknown, key?: string) =>
    this.call<Body>('POST', path, body, key);
  delete = <Body = unknown>(path: string, key?: string) => this.call<Body>('DELETE', path, undefined, key);

  /** Every page of a list. */
  async list<Item>(path: string): Promise<Item[]> {
    const items: Item[] = [];
    let after = '';
    do {
      const page = await this.get<{ items: Item[]; nextCursor: string | null }>(
        `${path}${path.includes('?') ? '&' : '?'}limit=100${after}`,
      );
      items.push(...page.items);
      after = page.nextCursor ? `&after=${encodeURIComponent(page.nextCursor)}` : '';
    } while (after !== '');
    return items;
  }
}
