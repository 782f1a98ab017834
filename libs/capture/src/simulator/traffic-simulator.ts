import type { Observation } from '@flowledger/flow-record';
import type { Connection } from './connection';
import { firstSightFrom, observationsAt, sightAt } from './connection';
import { ConnectionSource, LONGEST_LIFE } from './connection-source';
import type { TrafficProfile } from './traffic-profile';
import { checkTrafficProfile } from './traffic-profile';

interface Sight {
  readonly connection: Connection;
  readonly index: number;
  /** Microseconds since 1970. */
  readonly moment: number;
}

/**
 * Traffic of the given interfaces with peers that are none of them. What happens in a second follows from seed and
 * second alone: any division of a time range into calls gives the same stream.
 *
 * Without refusals and ICMP (which has no ports to tell connections apart) windows of W seconds hold
 * 2·λ·(1 + L/W) entries a second, for λ connections a second of mean life L.
 */
export class TrafficSimulator {
  private readonly source: ConnectionSource;
  private readonly lookBack: number;
  /** Sights to come, by second, valid when the next call begins at `next`. */
  private upcoming = new Map<number, Sight[]>();
  private next = NaN;

  constructor(profile: TrafficProfile, interfaces: readonly { readonly addresses: readonly string[] }[]) {
    checkTrafficProfile(profile);
    this.source = new ConnectionSource(profile, interfaces);
    this.lookBack = Math.ceil(LONGEST_LIFE * profile.meanLifeSeconds) + 1;
  }

  /** Observations of [from, to), Unix seconds, in order of time. A call that goes on where the last one ended is cheap. */
  *observe(from: number, to: number): Generator<Observation, void, undefined> {
    if (from !== this.next) this.rebuild(from);
    for (let second = from; second < to; second++) {
      // Set before yielding: a caller that stops early makes the next call begin anew.
      this.next = NaN;
      for (const connection of this.source.startingIn(second)) this.schedule(connection, 0);
      const sights = (this.upcoming.get(second) ?? []).sort(inOrder);
      this.upcoming.delete(second);
      for (const { connection, index, moment } of sights) yield* observationsAt(connection, index, moment);
      this.next = second + 1;
    }
  }

  private rebuild(from: number): void {
    this.upcoming = new Map();
    for (let second = from - this.lookBack; second < from; second++) {
      for (const connection of this.source.startingIn(second)) {
        if (connection.closed >= from * 1e6)
          this.schedule(connection, firstSightFrom(connection, from * 1e6));
      }
    }
    this.next = from;
  }

  /** Puts a sight and the later ones of its connection into their seconds. */
  private schedule(connection: Connection, firstIndex: number): void {
    for (let index = firstIndex; ; index++) {
      const moment = sightAt(connection, index);
      if (moment === null) return;
      const second = Math.floor(moment / 1e6);
      const sights = this.upcoming.get(second);
      const sight = { connection, index, moment };
      if (sights) sights.push(sight);
      else this.upcoming.set(second, [sight]);
    }
  }
}

/** Simultaneous sights in an order that does not depend on when they were scheduled. */
function inOrder(a: Sight, b: Sight): number {
  return a.moment - b.moment || a.connection.opened - b.connection.opened || a.index - b.index;
}
