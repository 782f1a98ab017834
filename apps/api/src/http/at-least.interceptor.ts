import { Injectable } from '@nestjs/common';
import type { CallHandler, ExecutionContext, NestInterceptor } from '@nestjs/common';
import { comparePositions } from '@flowledger/event-sourcing';
import type { FastifyReply } from 'fastify';
import type { Observable } from 'rxjs';
import { ReadModelPosition } from '../ports';
import { InvalidInput, NotYetVisible, TokenOfAnotherLog } from './http-errors';
import { PositionTokens } from './position-tokens';
import { requestOf } from './principal';
import { atLeastHeader } from './written';

const longestWait = 1_000;
const ifBehindHeader = 'flowledger-if-behind';
const staleHeader = 'Flowledger-Stale';

/**
 * `Flowledger-At-Least: <token>`: answers from read models that have passed it, whichever process folds them. When they
 * have not within a second the client's choice counts: 503 with Retry-After, or with `Flowledger-If-Behind: stale` what
 * there is, marked `Flowledger-Stale: true`.
 */
@Injectable()
export class AtLeastInterceptor implements NestInterceptor {
  constructor(
    private readonly readModels: ReadModelPosition,
    private readonly tokens: PositionTokens,
  ) {}

  async intercept(context: ExecutionContext, next: CallHandler): Promise<Observable<unknown>> {
    const { headers } = requestOf(context);
    const token = headers[atLeastHeader];
    if (typeof token !== 'string') return next.handle();
    const ifBehind = headers[ifBehindHeader] ?? 'refuse';
    if (ifBehind !== 'refuse' && ifBehind !== 'stale') {
      throw new InvalidInput([{ path: 'Flowledger-If-Behind', message: '`refuse` or `stale`' }]);
    }
    if (!(await this.reached(token))) {
      if (ifBehind === 'refuse') throw new NotYetVisible();
      replyOf(context).header(staleHeader, 'true');
    }
    return next.handle();
  }

  private async reached(token: string): Promise<boolean> {
    const position = await this.tokens.read(token);
    if (await this.readModels.reached(position, longestWait)) return true;
    // A log that was restored from a backup begins as it did, and ends before the position.
    const head = token.includes('@') ? await this.readModels.head() : position;
    if (!head || comparePositions(head, position) < 0) throw new TokenOfAnotherLog();
    return false;
  }
}

const replyOf = (context: ExecutionContext): FastifyReply =>
  context.getType<'http' | 'graphql'>() === 'http'
    ? context.switchToHttp().getResponse<FastifyReply>()
    : context.getArgByIndex<{ reply: FastifyReply }>(2).reply;
