import { Injectable } from '@nestjs/common';
import { formatPosition } from '@flowledger/event-sourcing';
import type { LogPosition } from '@flowledger/event-sourcing';
import type { FastifyReply } from 'fastify';
import { ReadModelPosition } from '../ports';

const longestWait = 1_000;
export const positionHeader = 'Flowledger-Position';
export const atLeastHeader = 'flowledger-at-least';

/** Read your writes: a write answers with what the read models show once they have passed it. */
@Injectable()
export class Written {
  constructor(private readonly readModels: ReadModelPosition) {}

  /**
   * The resource as written. When the read models are more than a second behind, the answer is 202 with the position,
   * and the client reads with `Flowledger-At-Least`.
   */
  async answer<Resource extends object>(
    reply: FastifyReply,
    position: LogPosition,
    read: () => Promise<Resource>,
  ): Promise<Resource | { position: string }> {
    reply.header(positionHeader, formatPosition(position));
    if (await this.readModels.reached(position, longestWait)) return withETag(reply, await read());
    reply.status(202);
    return { position: formatPosition(position) };
  }

  /** A deletion: 204 once it shows. */
  async gone(reply: FastifyReply, position: LogPosition): Promise<void> {
    reply.header(positionHeader, formatPosition(position));
    await this.readModels.reached(position, longestWait);
    reply.status(204);
  }
}

/** Sets the ETag of a resource that carries its `revision`. */
export function withETag<Resource extends object>(reply: FastifyReply, resource: Resource): Resource {
  if ('revision' in resource && typeof resource.revision === 'number')
    reply.header('ETag', `"${resource.revision}"`);
  return resource;
}
