import { Injectable } from '@nestjs/common';
import type { LogPosition } from '@flowledger/event-sourcing';
import type { FastifyReply } from 'fastify';
import { ReadModelPosition } from '../ports';
import { PositionTokens } from './position-tokens';

const longestWait = 1_000;
export const positionHeader = 'Flowledger-Position';
export const atLeastHeader = 'flowledger-at-least';

/** Read your writes: a write answers with what the read models show once they have passed it. */
@Injectable()
export class Written {
  constructor(
    private readonly readModels: ReadModelPosition,
    private readonly tokens: PositionTokens,
  ) {}

  /**
   * The resource as written. When the read models are more than a second behind, the answer is 202 with the position,
   * and the client reads with `Flowledger-At-Least`.
   */
  async answer<Resource extends object>(
    reply: FastifyReply,
    position: LogPosition,
    read: () => Promise<Resource>,
  ): Promise<Resource | { position: string }> {
    if (await this.shows(reply, position)) return withETag(reply, await read());
    reply.status(202);
    return { position: await this.tokens.of(position) };
  }

  /** A deletion: 204 once it shows. */
  async gone(reply: FastifyReply, position: LogPosition): Promise<void> {
    await this.shows(reply, position);
    reply.status(204);
  }

  /** Tells the client the position and waits until it shows, at most a second; false when it does not yet. */
  async shows(reply: FastifyReply, position: LogPosition): Promise<boolean> {
    reply.header(positionHeader, await this.tokens.of(position));
    return this.readModels.reached(position, longestWait);
  }
}

/** Sets the ETag of a resource that carries its `revision`. */
export function withETag<Resource extends object>(reply: FastifyReply, resource: Resource): Resource {
  if ('revision' in resource && typeof resource.revision === 'number')
    reply.header('ETag', `"${resource.revision}"`);
  return resource;
}
