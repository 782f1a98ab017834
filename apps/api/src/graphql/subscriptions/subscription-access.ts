import { Injectable } from '@nestjs/common';
import { TokenVerifier } from '@flowledger/access';
import type { FastifyRequest } from 'fastify';
import { TooManyRequests, Unauthenticated } from '../../http/http-errors';
import { SignIn } from '../../http/sign-in';

export const mostSubscriptions = 100;
const longestSilence = 10_000;

/** What Mercurius makes of a WebSocket: `onConnect` is called on it. */
export interface SocketConnection {
  readonly socket: { close(code: number, reason: string): void };
  readonly context: { readonly request: FastifyRequest };
}

/** Who may connect, how many subscriptions a connection carries, and that none outlives its token. */
@Injectable()
export class SubscriptionAccess {
  private readonly silent = new WeakMap<FastifyRequest, NodeJS.Timeout>();
  private readonly open = new WeakMap<FastifyRequest, number>();

  constructor(
    private readonly signIn: SignIn,
    private readonly tokens: TokenVerifier,
  ) {}

  /**
   * Before the upgrade. A browser cannot send the header, so its token may come with `connection_init`; a socket that
   * stays silent is closed. @throws Unauthenticated
   */
  async upgrade(request: FastifyRequest): Promise<void> {
    if (request.headers.authorization !== undefined) {
      await this.signIn.principalOf(request);
      return;
    }
    const timer = setTimeout(() => request.raw.socket.destroy(), longestSilence);
    this.silent.set(request, timer.unref());
  }

  /** `connection_init`: refused with 4403, as the protocol says, when no token was sent in either place. */
  async connect({ socket, context: { request } }: SocketConnection, payload: unknown): Promise<boolean> {
    try {
      const { authorization } = (payload ?? {}) as { authorization?: unknown };
      if (typeof authorization === 'string') request.headers.authorization ??= authorization;
      await this.signIn.principalOf(request);
      clearTimeout(this.silent.get(request));
      return true;
    } catch (error) {
      socket.close(4403, error instanceof Error ? error.message.slice(0, 120) : 'Forbidden');
      return false;
    }
  }

  /** @throws TooManyRequests */
  begin(request: FastifyRequest): () => void {
    const open = this.open.get(request) ?? 0;
    if (open >= mostSubscriptions) {
      throw new TooManyRequests(`A connection carries at most ${mostSubscriptions} subscriptions`, 60);
    }
    this.open.set(request, open + 1);
    let isOver = false;
    return () => {
      if (!isOver) this.open.set(request, (this.open.get(request) ?? 1) - 1);
      isOver = true;
    };
  }

  /** @throws Unauthenticated once the token is revoked */
  async assertStillSignedIn({ headers }: FastifyRequest): Promise<void> {
    const token = /^Bearer (\S+)$/i.exec(headers.authorization ?? '')?.[1];
    if (!token || !(await this.tokens.verify(token))) throw new Unauthenticated();
  }
}
