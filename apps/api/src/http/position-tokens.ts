import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { EventStore, formatPosition, MalformedPosition, parsePosition } from '@flowledger/event-sourcing';
import type { LogPosition } from '@flowledger/event-sourcing';
import { TokenOfAnotherLog } from './http-errors';

/**
 * Positions as clients carry them from a write to a read, `42.40@1f0c9b2d4e6a`: the position, and which log it is a
 * position of. Any process of the service on the same log can read it. A bare position is taken as one of this log.
 */
@Injectable()
export class PositionTokens {
  private fingerprint: string | undefined;

  constructor(private readonly events: EventStore) {}

  async of(position: LogPosition): Promise<string> {
    return `${formatPosition(position)}@${await this.log()}`;
  }

  /** @throws MalformedPosition @throws TokenOfAnotherLog */
  async read(token: string): Promise<LogPosition> {
    const [, position, log] = /^([\d.]+)(?:@([0-9a-f]{12}))?$/.exec(token) ?? [];
    if (position === undefined) throw new MalformedPosition(token);
    const parsed = parsePosition(position);
    if (log !== undefined && log !== (await this.log())) throw new TokenOfAnotherLog();
    return parsed;
  }

  /** The first event of a log is in no other log. */
  private async log(): Promise<string> {
    if (this.fingerprint !== undefined) return this.fingerprint;
    for await (const { id, recordedAt } of this.events.readAll({ maxCount: 1 })) {
      this.fingerprint = createHash('sha256').update(`${id} ${recordedAt}`).digest('hex').slice(0, 12);
    }
    return this.fingerprint ?? '000000000000';
  }
}
