import type { AppendResult, EventStore, SentCommand } from '@flowledger/event-sourcing';
import type { AnyProcessManager } from '@flowledger/process-managers';

export function shippingOf(category: string): AnyProcessManager;
export function ship(events: EventStore, category: string, command: SentCommand): Promise<AppendResult>;
