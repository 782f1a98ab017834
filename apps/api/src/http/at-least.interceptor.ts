import { Injectable } from '@nestjs/common';
import type { CallHandler, ExecutionContext, NestInterceptor } from '@nestjs/common';
import { parsePosition } from '@flowledger/event-sourcing';
import type { Observable } from 'rxjs';
import { ReadModelPosition } from '../ports';
import { NotYetVisible } from './http-errors';
import { requestOf } from './principal';
import { atLeastHeader } from './written';

/** `Flowledger-At-Least: <position>`: answers from read models that have passed it, or 503 with Retry-After. */
@Injectable()
export class AtLeastInterceptor implements NestInterceptor {
  constructor(private readonly readModels: ReadModelPosition) {}

  async intercept(context: ExecutionContext, next: CallHandler): Promise<Observable<unknown>> {
    const position = requestOf(context).headers[atLeastHeader];
    if (typeof position === 'string' && !(await this.readModels.reached(parsePosition(position), 1_000))) {
      throw new NotYetVisible();
    }
    return next.handle();
  }
}
