import type { EventStore, RecordedEvent } from '@flowledger/event-sourcing';

/** The whole log of a run, once read. */
export class LogOfRun {
  readonly byId = new Map<string, RecordedEvent[]>();
  readonly byStream = new Map<string, RecordedEvent[]>();

  private constructor(readonly events: readonly RecordedEvent[]) {
    for (const event of events) {
      add(this.byId, event.id, event);
      add(this.byStream, event.stream, event);
    }
  }

  static async read(store: EventStore): Promise<LogOfRun> {
    const events: RecordedEvent[] = [];
    for await (const event of store.readAll()) events.push(event);
    return new LogOfRun(events);
  }

  ofType<Data>(type: string): (RecordedEvent & { readonly data: Data })[] {
    return this.events.filter((event) => event.type === type) as (RecordedEvent & { data: Data })[];
  }
}

function add<T>(lists: Map<string, T[]>, key: string, value: T): void {
  const list = lists.get(key);
  if (list) list.push(value);
  else lists.set(key, [value]);
}
