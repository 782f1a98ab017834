import { setTimeout as pause } from 'node:timers/promises';
import type { Answer, Ledger, LedgerEntry } from './ledger';

const patience = 15_000;
const giveUpAfter = 5 * 60_000;

export interface CommandToSend {
  readonly method: string;
  readonly path: string;
  readonly body?: unknown;
  readonly decides: readonly string[];
}

/** A command that got no answer for minutes although it was repeated. */
export class NeverAnswered extends Error {
  constructor({ what, key, attempts }: LedgerEntry, last: string) {
    super(`${what} (${key}) got no answer in ${attempts} attempts: ${last}`);
    this.name = 'NeverAnswered';
  }
}

/** The public REST door, seen by a client that repeats each command under its key until it is answered. */
export class Door {
  constructor(
    private readonly url: string,
    private readonly token: string,
    private readonly ledger: Ledger,
  ) {}

  /** @throws NeverAnswered */
  async command({ method, path, body, decides }: CommandToSend): Promise<Answer> {
    const entry = this.ledger.open(`${method} ${path.split('?')[0]}`, decides);
    const giveUpAt = performance.now() + giveUpAfter;
    let last = '';
    while (performance.now() < giveUpAt) {
      entry.attempts += 1;
      try {
        const answer = await this.send(method, path, body, { 'idempotency-key': entry.key });
        if (answer.status < 500 && answer.status !== 429) return (entry.answer = answer);
        last = `${answer.status} ${answer.code ?? ''}`;
      } catch (error) {
        last = String(error);
      }
      await pause(250);
    }
    throw new NeverAnswered(entry, last);
  }

  /** Undefined when there is no answer at the moment, or a fault of the service instead of one. */
  async ask(path: string): Promise<Answer | undefined> {
    const answer = await this.send('GET', path).catch(() => undefined);
    return answer && answer.status < 500 && answer.status !== 429 ? answer : undefined;
  }

  /** Asks until there is an answer. */
  async get(path: string): Promise<Answer> {
    const giveUpAt = performance.now() + giveUpAfter;
    for (;;) {
      const answer = await this.ask(path);
      if (answer) return answer;
      if (performance.now() > giveUpAt) throw new Error(`GET ${path} got no answer`);
      await pause(250);
    }
  }

  async list<Item>(path: string): Promise<Item[]> {
    const items: Item[] = [];
    for (let cursor: string | null | undefined = ''; cursor !== null && cursor !== undefined;) {
      const after: string = cursor === '' ? '' : `&after=${encodeURIComponent(cursor)}`;
      const { body } = await this.get(`${path}?limit=100${after}`);
      items.push(...(body['items'] as Item[]));
      cursor = body['nextCursor'] as string | null;
    }
    return items;
  }

  async send(
    method: string,
    path: string,
    body?: unknown,
    headers: Record<string, string> = {},
  ): Promise<Answer> {
    const isBinary = body instanceof Uint8Array;
    const answer = await fetch(`${this.url}/api/v1${path}`, {
      method,
      signal: AbortSignal.timeout(patience),
      headers: {
        authorization: `Bearer ${this.token}`,
        ...(body !== undefined && {
          'content-type': isBinary ? 'application/octet-stream' : 'application/json',
        }),
        ...headers,
      },
      ...(body !== undefined && { body: isBinary ? new Uint8Array(body) : JSON.stringify(body) }),
    });
    const text = await answer.text();
    const parsed = (text === '' ? {} : JSON.parse(text)) as Answer['body'];
    const code = parsed['code'] as string | undefined;
    return { status: answer.status, body: parsed, ...(code !== undefined && { code }) };
  }
}
