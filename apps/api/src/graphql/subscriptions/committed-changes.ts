import { concerns } from '@flowledger/event-sourcing';
import type { RecordedEvent } from '@flowledger/event-sourcing';
import { flowLogStatusProjection } from '@flowledger/flow-log';
import { Changes } from '../changes';
import { Signal } from './signal';

type OnCommitted = (listener: (events: readonly RecordedEvent[]) => void) => () => void;

/** {@link Changes} from `ProjectionRunner.onCommitted`: a view that is read after a change shows it. */
export class CommittedChanges extends Changes {
  private readonly listening = new Map<string, Set<Signal>>();
  private readonly stopListening: () => void;

  constructor(onCommitted: OnCommitted) {
    super();
    this.stopListening = onCommitted((events) => this.tell(events));
  }

  flowLogChanges(accountId: string, flowLogId: string): AsyncIterable<void> {
    const key = keyOf(accountId, flowLogId);
    return { [Symbol.asyncIterator]: () => this.listen(key) };
  }

  /** Ends all iterations. */
  stop(): void {
    this.stopListening();
    for (const signals of [...this.listening.values()]) for (const signal of [...signals]) signal.end();
  }

  private listen(key: string): Signal {
    const signals = this.listening.get(key) ?? new Set();
    const signal: Signal = new Signal(() => {
      signals.delete(signal);
      if (signals.size === 0 && this.listening.get(key) === signals) this.listening.delete(key);
    });
    this.listening.set(key, signals.add(signal));
    return signal;
  }

  private tell(events: readonly RecordedEvent[]): void {
    if (this.listening.size === 0) return;
    for (const event of events) {
      if (!concerns(flowLogStatusProjection, event)) continue;
      for (const id of [flowLogStatusProjection.documentIds(event as never) ?? []].flat()) {
        this.listening.get(keyOf(event.metadata.accountId, id))?.forEach((signal) => signal.raise());
      }
    }
  }
}

const keyOf = (accountId: string, flowLogId: string): string => `${accountId}/${flowLogId}`;
