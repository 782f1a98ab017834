import { Upcasters } from '@flowledger/event-sourcing';
import { flowLogUpcasters } from '@flowledger/flow-log';
import { logServiceUpcasters } from '@flowledger/log-service';

/** Of every library: what an event store is wrapped in, and what an aggregate store writes by. */
export const upcasters = new Upcasters([...flowLogUpcasters, ...logServiceUpcasters]);
