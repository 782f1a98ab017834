import type { Decider } from './decider';
import { WrongExpectedRevision } from './errors';
import type { Event, EventMetadata, NewEvent, RecordedEvent } from './event';
import { eventId } from './event-ids';
import type { EventStore } from './event-store';
import { KeyedQueue } from './keyed-queue';
import type { LogPosition, StreamRevision } from './positions';
import { Upcasters } from './upcaster';

/** On whose behalf, and because of what, a command is carried out. Becomes the metadata of every event it decides. */
export interface CommandContext {
  /** UUID. The same id again is the same command: it is not carried out twice. */
  readonly commandId: string;
  readonly correlationId: string;
  /** Id of what caused the command: the request, or the event a process manager reacted to. */
  readonly causationId: string;
  readonly actor: string;
  readonly accountId: string;
  readonly regionId?: string;
  readonly traceId?: string;
  readonly spanId?: string;
}

export interface Handled<State, E extends Event> {
  /** The stream's state after the command. It belongs to the store: read it at once, never change it. */
  readonly state: State;
  readonly events: readonly E[];
  /** Of the stream after the command; undefined while the stream is empty. */
  readonly revision: StreamRevision | undefined;
  /** Of the last event of the stream; undefined while the stream is empty. */
  readonly position: LogPosition | undefined;
}

export interface AggregateStoreOptions {
  /** Streams whose folded state is kept. The least recently used goes first. */
  readonly cachedStreams?: number;
  /** How long races against other processes are retried before they are given back as WrongExpectedRevision. */
  readonly raceBudgetMilliseconds?: number;
  /** Those of the event store: they say in which schema version each type is written. */
  readonly upcasters?: Upcasters;
}

interface Folded {
  state: unknown;
  revision: StreamRevision | undefined;
  position: LogPosition | undefined;
  /** Event ids of the stream with the revision they stand at: tells a repeated command from a new one. */
  ids: Map<string, StreamRevision>;
}

/**
 * Load, decide, append. Commands of one stream queue within the process, so they never race each other; races against
 * other processes are decided again on the new state, with the same event ids. The folded state is cached and only the
 * tail of the stream is read again.
 */
export class AggregateStore {
  private readonly cache = new Map<string, Folded>();
  private readonly queue = new KeyedQueue();
  private readonly cachedStreams: number;
  private readonly raceBudget: number;
  private readonly upcasters: Upcasters;

  constructor(
    private readonly events: EventStore,
    options: AggregateStoreOptions = {},
  ) {
    this.cachedStreams = options.cachedStreams ?? 10_000;
    this.raceBudget = options.raceBudgetMilliseconds ?? 5_000;
    this.upcasters = options.upcasters ?? new Upcasters();
  }

  /**
   * @throws what the decider throws, and what {@link EventStore.append} throws
   */
  handle<State, Command extends { readonly type: string }, E extends Event>(
    stream: string,
    decider: Decider<State, Command, E>,
    command: Command,
    context: CommandContext,
  ): Promise<Handled<State, E>> {
    return this.queue.run(stream, async () => {
      const giveUpAt = performance.now() + this.raceBudget;
      for (;;) {
        const folded = await this.catchUp(stream, decider);
        const repeated = folded.ids.get(eventId(context.commandId, 0));
        if (repeated !== undefined) return this.alreadyHandled(stream, folded, repeated, context.commandId);
        const decided = decider.decide(command, folded.state as State);
        if (decided.length === 0) return handled(folded, decided);
        try {
          await this.append(stream, decider, folded, command.type, decided, context);
          return handled(folded, decided);
        } catch (error) {
          if (!(error instanceof WrongExpectedRevision) || performance.now() >= giveUpAt) throw error;
        }
      }
    });
  }

  /** The folded state as of now; the initial state for a stream that does not exist. */
  load<State, E extends Event>(
    stream: string,
    decider: Pick<Decider<State, never, E>, 'initialState' | 'evolve'>,
  ): Promise<Handled<State, E>> {
    return this.queue.run(stream, async () => handled<State, E>(await this.catchUp(stream, decider), []));
  }

  /** Forgets every folded state: the same events read differently now, as after an erasure. */
  forgetStates(): void {
    this.cache.clear();
  }

  private async append<State, E extends Event>(
    stream: string,
    decider: Pick<Decider<State, never, E>, 'evolve'>,
    folded: Folded,
    commandType: string,
    decided: readonly E[],
    context: CommandContext,
  ): Promise<void> {
    const { commandId, correlationId, causationId, ...who } = context;
    const metadata: Omit<EventMetadata, 'schemaVersion'> = {
      $correlationId: correlationId,
      $causationId: causationId,
      ...who,
      command: commandType,
    };
    const events = decided.map(({ type, data }, index): NewEvent => ({
      id: eventId(commandId, index),
      type,
      data,
      metadata: { ...metadata, schemaVersion: this.upcasters.versionOf(type) ?? 1 },
    }));
    const { revision, position } = await this.events.append(stream, folded.revision ?? 'no-stream', events);
    const first = revision - BigInt(events.length - 1);
    // Until all of it is folded in, the cached state is of no use.
    this.cache.delete(stream);
    decided.forEach((event, index) => {
      folded.state = decider.evolve(folded.state as State, event);
      folded.ids.set(events[index]!.id, (first + BigInt(index)) as StreamRevision);
    });
    folded.revision = revision;
    folded.position = position;
    this.keep(stream, folded);
  }

  private async catchUp<State, E extends Event>(
    stream: string,
    decider: Pick<Decider<State, never, E>, 'initialState' | 'evolve'>,
  ): Promise<Folded> {
    let folded = this.cache.get(stream);
    this.cache.delete(stream);
    folded ??= { state: decider.initialState(), revision: undefined, position: undefined, ids: new Map() };
    const from = folded.revision === undefined ? undefined : ((folded.revision + 1n) as StreamRevision);
    for await (const event of this.events.readStream(stream, { from })) {
      folded.state = decider.evolve(folded.state as State, event as unknown as E);
      folded.ids.set(event.id, event.revision);
      folded.revision = event.revision;
      folded.position = event.position;
    }
    this.keep(stream, folded);
    return folded;
  }

  private keep(stream: string, folded: Folded): void {
    this.cache.set(stream, folded);
    for (const oldest of this.cache.keys()) {
      if (this.cache.size <= this.cachedStreams) break;
      this.cache.delete(oldest);
    }
  }

  private async alreadyHandled<State, E extends Event>(
    stream: string,
    folded: Folded,
    from: StreamRevision,
    commandId: string,
  ): Promise<Handled<State, E>> {
    const events: RecordedEvent[] = [];
    for await (const event of this.events.readStream(stream, { from })) {
      if (event.id !== eventId(commandId, events.length)) break;
      events.push(event);
    }
    const last = events.at(-1);
    return {
      state: folded.state as State,
      events: events as unknown as E[],
      revision: last?.revision,
      position: last?.position,
    };
  }
}

const handled = <State, E extends Event>(folded: Folded, events: readonly E[]): Handled<State, E> => ({
  state: folded.state as State,
  events,
  revision: folded.revision,
  position: folded.position,
});
